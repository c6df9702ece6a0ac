package io.parley.users.limits;

import io.parley.kernel.limits.Limit;
import io.parley.kernel.limits.Rates;
import java.util.Map;

/**
 * How often something may happen.
 *
 * @param registrations from one address
 * @param failuresPerAccount wrong passwords for one account
 * @param failuresPerAddress wrong passwords from one address, for any account
 * @param turns of chat, of a user
 * @param tokens of all models, of a user
 * @param tokensByModel of a user, by the model's name
 */
public record LimitSettings(
        Rates registrations,
        Rates failuresPerAccount,
        Rates failuresPerAddress,
        Limit<Rates> turns,
        Rates tokens,
        Map<String, Rates> tokensByModel) {
    public static final LimitSettings NONE = new LimitSettings(Rates.NONE, Rates.NONE, Rates.NONE);

    public LimitSettings {
        tokensByModel = Map.copyOf(tokensByModel);
    }

    /** Without limits on chat. */
    public LimitSettings(Rates registrations, Rates failuresPerAccount, Rates failuresPerAddress) {
        this(
                registrations,
                failuresPerAccount,
                failuresPerAddress,
                Limit.forEveryone(Rates.NONE),
                Rates.NONE,
                Map.of());
    }
}
