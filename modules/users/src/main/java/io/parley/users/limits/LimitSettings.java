package io.parley.users.limits;

import io.parley.contracts.limits.ChosenLimits;
import io.parley.kernel.limits.Limit;
import io.parley.kernel.limits.Rates;

/**
 * How often something may happen.
 *
 * @param registrations from one address
 * @param failuresPerAccount wrong passwords for one account
 * @param failuresPerAddress wrong passwords from one address, for any account
 * @param mails to one address; without a rate, a client may ask for any number
 * @param turns of chat, of a user
 * @param ofUsers all limits of a user
 */
public record LimitSettings(
        Rates registrations,
        Rates failuresPerAccount,
        Rates failuresPerAddress,
        Rates mails,
        Limit<Rates> turns,
        ChosenLimits ofUsers) {
    public static final LimitSettings NONE = new LimitSettings(Rates.NONE, Rates.NONE, Rates.NONE);

    /** Without limits on mails and chat. */
    public LimitSettings(Rates registrations, Rates failuresPerAccount, Rates failuresPerAddress) {
        this(
                registrations,
                failuresPerAccount,
                failuresPerAddress,
                Rates.NONE,
                Limit.forEveryone(Rates.NONE),
                ChosenLimits.NONE);
    }
}
