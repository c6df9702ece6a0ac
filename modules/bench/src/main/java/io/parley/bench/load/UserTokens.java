package io.parley.bench.load;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The users' access tokens, each signed once for the minutes of its life. */
final class UserTokens {
    private static final long RENEWED_NANOS = 600_000_000_000L;

    private final Map<Integer, Signed> signed = new ConcurrentHashMap<>();

    private record Signed(String token, long at) {}

    /** @param number of a message, whose user's it is */
    public String of(int number) {
        return signed.compute(SeedData.userNumber(number), (user, before) -> isFresh(before) ? before : sign(number))
                .token();
    }

    private static boolean isFresh(Signed before) {
        return before != null && System.nanoTime() - before.at() < RENEWED_NANOS;
    }

    private static Signed sign(int number) {
        return new Signed(BenchToken.of(SeedData.user(number)), System.nanoTime());
    }
}
