using Omnibook.Core.Events;
using Omnibook.Core.Instruments;

namespace Omnibook.Venues.Captures;

/// <summary>
/// Learns the instruments of a capture that does not say which they are: translates it once at scales that hold any price,
/// and concludes from what was seen. Works for every venue whose frames name their symbol.
/// </summary>
public static class CaptureInstruments
{
    /// <summary>Bodies are few, and few of them are enough.</summary>
    private const int MaxBodies = 100;

    /// <summary>Reads the whole capture once.</summary>
    /// <param name="venue">Whose frames they are.</param>
    /// <param name="frames">The capture.</param>
    /// <param name="kind">What kind of contract to list them as: frames do not tell.</param>
    /// <exception cref="CaptureException">The capture cannot be read.</exception>
    public static IReadOnlyList<CapturedInstrument> Learn(
        IVenue venue, IEnumerable<CapturedFrame> frames, InstrumentKind kind = InstrumentKind.Perpetual)
    {
        var survey = new CaptureSurvey(venue.Id, kind);
        var session = venue.OpenSession(CaptureReplay.NoPlan, survey.Register);
        var batch = new EventBatch();
        var bodies = new List<byte[]>();
        foreach (var frame in frames)
        {
            if (frame.Kind == CapturedKind.Request)
            {
                continue;
            }

            var outcome = session.Translate(frame.Bytes.Span, frame.ReceivedAt, batch);
            if (outcome.Kind == FrameKind.Unknown && frame.Kind != CapturedKind.Update && bodies.Count < MaxBodies)
            {
                bodies.Add(frame.Bytes.ToArray());
            }

            Deliver(batch, survey);
        }

        SurveyBodies(venue, bodies, survey, batch);
        return survey.Conclude();
    }

    /// <summary>
    /// A REST book names no symbol and may come before the first frame that does, so bodies wait for the end. With several
    /// books it cannot be told here whose it is, and the frames have to suffice.
    /// </summary>
    private static void SurveyBodies(IVenue venue, List<byte[]> bodies, CaptureSurvey survey, EventBatch batch)
    {
        if (survey.OnlyBook is not { } instrument)
        {
            return;
        }

        foreach (var body in bodies.Where(body => venue.TryTranslateSnapshot(instrument, body, default, batch)))
        {
            Deliver(batch, survey);
        }
    }

    private static void Deliver(EventBatch batch, CaptureSurvey survey)
    {
        batch.DeliverTo(survey);
        batch.Clear();
    }
}
