package io.parley.bench.load;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The access tokens of the users, each signed once per ten minutes. */
final class UserTokens {
    private static final long MAX_AGE_NANOS = 600_000_000_000L;

    private final Map<Integer, Signed> signed = new ConcurrentHashMap<>();

    private record Signed(String token, long signedAt) {}

    /** @param number of a message; returns the token of its owner */
    String of(int number) {
        return signed.compute(SeedData.userNumber(number), (user, before) -> isFresh(before) ? before : sign(number))
                .token();
    }

    private static boolean isFresh(Signed before) {
        return before != null && System.nanoTime() - before.signedAt() < MAX_AGE_NANOS;
    }

    private static Signed sign(int number) {
        return new Signed(BenchToken.of(SeedData.user(number)), System.nanoTime());
    }
}
