package io.parley.users.limits;

import io.parley.kernel.limits.Rates;

/**
 * How often something may happen.
 *
 * @param registrations from one address
 * @param failuresPerAccount wrong passwords for one account
 * @param failuresPerAddress wrong passwords from one address, for any account
 */
public record LimitSettings(Rates registrations, Rates failuresPerAccount, Rates failuresPerAddress) {
    public static final LimitSettings NONE = new LimitSettings(Rates.NONE, Rates.NONE, Rates.NONE);
}
