package io.parley.config.server;

import io.parley.config.settings.Settings;
import io.parley.config.settings.operations.Role;
import io.parley.gateway.GatewaySettings;
import io.parley.gateway.auth.TokenSettings;
import io.parley.kernel.Secret;
import io.parley.users.UsersSettings;
import io.parley.users.sessions.SessionSettings;
import java.time.Duration;

/** The settings of this process as the modules take them, with the secrets that the data directory has for them. */
record ModuleSettings(Settings settings) {
    /** Limits how long a stolen token works; clients renew theirs with a refresh token. */
    private static final Duration TOKEN_LIFETIME = Duration.ofMinutes(15);

    UsersSettings users() {
        return new UsersSettings(
                settings.passwords(),
                settings.keys(),
                sessions(),
                settings.limits(),
                settings.accounts(),
                settings.passkeys(),
                settings.oidc());
    }

    // A node without the users module may have no signing key, and must not create one.
    private SessionSettings sessions() {
        return settings.cluster().has(Role.USERS)
                ? new SessionSettings(signingKey(), settings.refreshGrace(), settings.recentSignIn())
                : SessionSettings.withoutClients();
    }

    GatewaySettings gateway() {
        var http = settings.http();
        return new GatewaySettings(
                http.host(),
                http.port(),
                http.tls().orElse(null),
                http.requestTimeout(),
                http.receiveTimeout(),
                http.idleTimeout(),
                http.corsOrigins(),
                http.origin(),
                settings.shutdown().timeout(),
                new TokenSettings(
                        signingKey(), settings.jwt().issuer(), settings.jwt().audience(), TOKEN_LIFETIME),
                settings.importLimits(),
                settings.maxFileBytes(),
                settings.bytesInFlight(),
                settings.requestLimits(),
                settings.oauthClients());
    }

    private Secret signingKey() {
        return settings.jwt().secret().orElseGet(() -> SigningKey.readOrCreate(settings.dataDir()));
    }
}
