using Omnibook.Server.Commands;
using Omnibook.Server.Hosting;

// The build runs this program to read its routes: nothing is opened then. Everybody else comes by the command line.
return BuildTime.IsGeneratingDocuments
    ? await DocumentsCommand.RunAsync()
    : await CommandLine.RunAsync(args);
