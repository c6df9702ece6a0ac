package io.parley.audit;

import io.parley.contracts.audit.Audit.CheckPart;
import io.parley.contracts.audit.Audit.CheckedPart;
import io.vertx.core.Future;
import java.util.List;

/**
 * Checks that the chain is what was recorded: no row is changed, missing or inserted. The removal of the newest rows is not detected
 * here; the log has their hashes.
 */
final class ChainCheck {
    /** At most a few megabytes at once. */
    private static final int PART = 1_000;

    private static final CheckedPart NOTHING = new CheckedPart(0, 0, 0, "0".repeat(64), null, false);

    private final ChainStore store;

    ChainCheck(ChainStore store) {
        this.store = store;
    }

    Future<CheckedPart> check(CheckPart query) {
        var after = query.after() == null ? NOTHING : query.after();
        return store.listAfter(after.last(), PART)
                .compose(events -> startOf(events, after).map(start -> check(events, start)));
    }

    // After a pruning the first event is not number one. Then an event says what was before it.
    private Future<CheckedPart> startOf(List<ChainedEvent> events, CheckedPart after) {
        if (after.events() > 0 || events.isEmpty() || events.get(0).seq() == 1) return Future.succeededFuture(after);
        var first = events.get(0);
        return store.wasPrunedThrough(first.seq() - 1, first.prev())
                .map(pruned -> pruned ? new CheckedPart(0, 0, first.seq() - 1, first.prev(), null, false) : after);
    }

    private static CheckedPart check(List<ChainedEvent> events, CheckedPart start) {
        var checked = start;
        for (var event : events) {
            long first = checked.events() == 0 ? event.seq() : checked.first();
            if (!follows(event, checked))
                return new CheckedPart(checked.events(), first, checked.last(), checked.hash(), event.seq(), false);
            checked = new CheckedPart(checked.events() + 1, first, event.seq(), event.hash(), null, false);
        }
        return new CheckedPart(
                checked.events(), checked.first(), checked.last(), checked.hash(), null, events.size() == PART);
    }

    private static boolean follows(ChainedEvent event, CheckedPart before) {
        return event.seq() == before.last() + 1 && event.prev().equals(before.hash()) && event.hasRightHash();
    }
}
