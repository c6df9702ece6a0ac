package io.parley.transfer;

import io.parley.kernel.Micros;
import io.parley.transfer.sources.SourceMessage;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The times of a conversation's messages. Messages are listed by their times, so each is later than the one before it. One
 * without a time gets its neighbour's.
 */
final class MessageTimes {
    private final @Nullable Instant start;
    private @Nullable Instant first;
    private @Nullable Instant last;

    /** @param start when the conversation began; null if nobody knows */
    MessageTimes(@Nullable Instant start) {
        this.start = start;
    }

    /** The times of the next messages. */
    List<Instant> next(List<SourceMessage> messages) {
        List<Instant> times = new ArrayList<>();
        for (int place = 0; place < messages.size(); place++) {
            var time = messages.get(place).createdAt();
            if (time == null) time = last == null ? start(messages.subList(place, messages.size())) : last;
            if (last != null && !time.isAfter(last)) time = last.plus(1, ChronoUnit.MICROS);
            if (first == null) first = time;
            last = time;
            times.add(time);
        }
        return times;
    }

    // A microsecond apart, up to the first message that has a time.
    private Instant start(List<SourceMessage> messages) {
        for (int place = 1; place < messages.size(); place++) {
            var time = messages.get(place).createdAt();
            if (time != null) return time.minus(place, ChronoUnit.MICROS);
        }
        return Objects.requireNonNullElseGet(start, () -> Micros.truncate(Instant.now()));
    }

    /** Null before the first message. */
    @Nullable Instant first() {
        return first;
    }

    /** Null before the first message. */
    @Nullable Instant last() {
        return last;
    }
}
