#!/usr/bin/env python3
"""Computes what a Binance capture must end with, independently of the server.

    eng/expected_binance_book.py spot tests/Omnibook.Tests/Captures/binance-spot-hftbacktest/btcusdt_20240808_first.gz
    eng/expected_binance_book.py usdm tests/Omnibook.Tests/Captures/binance-usdm-hftbacktest/btcusdt_20240808_first.gz

Exact decimals and a dictionary a side; the venue's own steps for a local book, nothing else. The capture has one
symbol, in hftbacktest's line format: receive time in nanoseconds, a blank, a frame.
"""
import gzip
import hashlib
import json
import sys
from decimal import Decimal


def plain(amount):
    """The shortest exact text: no trailing zeros, no exponent."""
    text = format(amount, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


def frames(path):
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            message = json.loads(line.split(" ", 1)[1])
            yield message.get("data", message)


def apply(side, levels, counts):
    for price, quantity in ((Decimal(p), Decimal(q)) for p, q in levels):
        if quantity:
            side[price] = quantity
        elif side.pop(price, None) is None:
            counts["absent"] += 1


class Spot:
    """https://developers.binance.com/docs/binance-spot-api-docs/web-socket-streams#how-to-manage-a-local-order-book-correctly"""

    def is_trade(self, message):
        return message.get("e") == "trade"

    def is_old(self, diff, snapshot_id):
        return diff["u"] <= snapshot_id

    def bridges(self, diff, snapshot_id):
        return diff["U"] <= snapshot_id + 1

    def follows(self, diff, last):
        return diff["U"] == last + 1


class Usdm:
    """https://developers.binance.com/docs/derivatives/usds-margined-futures/websocket-market-streams/How-to-manage-a-local-order-book-correctly"""

    def is_trade(self, message):
        return message.get("e") == "trade" and message["X"] == "MARKET" and Decimal(message["q"]) > 0

    def is_old(self, diff, snapshot_id):
        return diff["u"] < snapshot_id

    def bridges(self, diff, snapshot_id):
        return diff["U"] <= snapshot_id <= diff["u"]

    def follows(self, diff, last):
        return diff["pu"] == last


def main(market, path):
    messages = list(frames(path))
    snapshot = next(m for m in messages if "lastUpdateId" in m)
    diffs = [m for m in messages if m.get("e") == "depthUpdate"]
    trades = [m for m in messages if market.is_trade(m)]

    counts = {"absent": 0, "applied": 0, "crossed": 0}
    bids = {Decimal(p): Decimal(q) for p, q in snapshot["bids"]}
    asks = {Decimal(p): Decimal(q) for p, q in snapshot["asks"]}
    last = None
    for diff in diffs:
        if market.is_old(diff, snapshot["lastUpdateId"]):
            continue
        if last is None:
            assert market.bridges(diff, snapshot["lastUpdateId"]), "the snapshot is not bridged"
        else:
            assert market.follows(diff, last), "gap"
        apply(bids, diff["b"], counts)
        apply(asks, diff["a"], counts)
        last = diff["u"]
        counts["applied"] += 1
        counts["crossed"] += max(bids) >= min(asks)

    bid_lines = [[plain(p), plain(bids[p])] for p in sorted(bids, reverse=True)]
    ask_lines = [[plain(p), plain(asks[p])] for p in sorted(asks)]
    digest = "\n".join([f"b {p} {q}" for p, q in bid_lines] + [f"a {p} {q}" for p, q in ask_lines])
    print(json.dumps({
        "snapshot_lastUpdateId": snapshot["lastUpdateId"],
        "diffs_total": len(diffs),
        "diffs_applied": counts["applied"],
        "last_u": last,
        "book": {
            "messages_applied": counts["applied"],
            "crossed_after_message": counts["crossed"],
            "deletes_of_absent_level": counts["absent"],
            "bid_levels": len(bids),
            "ask_levels": len(asks),
            "top10_bids": bid_lines[:10],
            "top10_asks": ask_lines[:10],
            "sha256_all_levels": hashlib.sha256(digest.encode()).hexdigest(),
        },
        "trades": {
            "count": len(trades),
            "base": plain(sum(Decimal(t["q"]) for t in trades)),
            "quote": plain(sum(Decimal(t["q"]) * Decimal(t["p"]) for t in trades)),
            "first_id": trades[0]["t"],
            "last_id": trades[-1]["t"],
            "buyer_maker": sum(t["m"] for t in trades),
        },
    }, indent=1))


if __name__ == "__main__":
    main({"spot": Spot, "usdm": Usdm}[sys.argv[1]](), sys.argv[2])
