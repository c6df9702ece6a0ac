package io.parley.users;

import io.parley.storage.keys.KeysetSettings;
import io.parley.users.limits.LimitSettings;
import io.parley.users.oidc.OidcSettings;
import io.parley.users.passkeys.PasskeySettings;
import io.parley.users.sessions.SessionSettings;
import io.parley.users.signin.PasswordSettings;

/** The settings of accounts, of the ways to sign in, and of sessions. */
public record UsersSettings(
        PasswordSettings passwords,
        KeysetSettings keys,
        SessionSettings sessions,
        LimitSettings limits,
        AccountSettings accounts,
        PasskeySettings passkeys,
        OidcSettings oidc) {
    /** Everybody may register, no mail is sent, passkeys are for this machine, and there is no other provider of identities. */
    public static UsersSettings open(
            PasswordSettings passwords, KeysetSettings keys, SessionSettings sessions, LimitSettings limits) {
        return new UsersSettings(
                passwords, keys, sessions, limits, AccountSettings.OPEN, PasskeySettings.LOCAL, OidcSettings.NONE);
    }
}
