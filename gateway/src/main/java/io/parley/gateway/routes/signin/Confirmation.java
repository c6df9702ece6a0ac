package io.parley.gateway.routes.signin;

import io.parley.contracts.users.SecondFactors;
import io.parley.contracts.users.Users;
import io.parley.contracts.users.identities.Passkeys;
import io.parley.gateway.contract.Request;
import io.parley.kernel.Bus;
import io.parley.kernel.Json;
import io.parley.kernel.None;
import io.parley.kernel.Problem;
import io.parley.kernel.Secret;
import io.vertx.core.Future;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The proof of who uses a session: exactly one of the three. */
public record Confirmation(
        @Nullable Secret currentPassword,
        @Nullable Secret code,
        @Nullable Json credential) {
    public Confirmation {
        if (currentPassword == null && code == null && credential == null)
            throw Problem.invalid("/current_password", "or code or credential is required");
        if (code != null && currentPassword != null)
            throw Problem.invalid("/code", "must not be sent with current_password");
        if (credential != null && (currentPassword != null || code != null))
            throw Problem.invalid("/credential", "must be sent alone");
    }

    /** Has the proof checked. */
    public Future<None> ask(Bus bus, Request request) {
        if (currentPassword != null)
            return bus.ask(
                    Users.CONFIRM,
                    new Users.Confirm(request.caller(), request.sessionId(), currentPassword, request.client()));
        if (credential != null)
            return bus.ask(Passkeys.PROVE, new Passkeys.Prove(request.caller(), request.origin(), credential));
        return bus.ask(
                SecondFactors.PROVE,
                new SecondFactors.Prove(request.caller(), request.origin(), Objects.requireNonNull(code)));
    }
}
