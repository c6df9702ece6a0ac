package io.parley.users.limits;

import io.parley.contracts.limits.Stored.Amount;
import io.parley.users.limits.StoredAmountStore.Counted;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * How much of what users have reserved is certain to be rows, or never to become any. What is reserved becomes rows within seconds;
 * counted before that, it would be given away twice. A user who goes on reserving little, while there is no room for more, must be
 * counted nevertheless: what was reserved when that was seen first is settled a few seconds later.
 */
final class SettledAmounts {
    /** For so long modules keep what they have reserved if the limit is near, and one second more to store it. */
    private static final Duration RESERVED = Duration.ofSeconds(5);

    /** After this time an amount that was seen says too little about what has become rows since. */
    private static final Duration REMEMBERED = Duration.ofMinutes(1);

    private static final int MAX_USERS = 10_000;

    private final Map<UUID, Seen> seen = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<UUID, Seen> eldest) {
            return size() > MAX_USERS;
        }
    };

    /** @param settledAt when all of the amount is settled */
    private record Seen(Counted counted, Instant at, Instant settledAt) {
        boolean isOf(Counted later, Instant now) {
            return counted.at().equals(later.at()) && now.isBefore(at.plus(REMEMBERED));
        }
    }

    /** More was reserved than this. */
    void reserved(UUID userId, Counted before, Instant now) {
        if (settledAt(before).isBefore(now)) seen.put(userId, new Seen(before, now, settledAt(before)));
    }

    /**
     * The part of the amount that is settled; nothing if that is not known yet.
     *
     * @param counted what there is in the database now
     */
    Optional<Amount> of(UUID userId, Counted counted, Instant now) {
        if (settledAt(counted).isBefore(now)) return Optional.of(counted.amount());
        var first = seen.get(userId);
        if (first == null || !first.isOf(counted, now)) {
            seen.put(userId, new Seen(counted, now, settledAt(counted)));
            return Optional.empty();
        }
        return first.settledAt().isBefore(now) ? Optional.of(first.counted().amount()) : Optional.empty();
    }

    private static Instant settledAt(Counted counted) {
        return counted.reservedAt().plus(RESERVED);
    }
}
