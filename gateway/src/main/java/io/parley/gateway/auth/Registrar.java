package io.parley.gateway.auth;

import io.parley.contracts.users.EmailVerification;
import io.parley.contracts.users.Users;
import io.parley.contracts.users.Users.Registration;
import io.parley.contracts.users.Users.SignedIn;
import io.parley.gateway.contract.Request;
import io.parley.gateway.http.Answer;
import io.parley.kernel.Bus;
import io.vertx.core.Future;
import java.util.function.Function;

/** Creates accounts. Whether they are signed in at once is up to the operator. */
public final class Registrar {
    private final Bus bus;

    private record Status(String status) {}

    public Registrar(Bus bus) {
        this.bus = bus;
    }

    /** @param signedIn makes the answer, unless the address has to be confirmed first */
    public Future<Record> register(Request request, Function<SignedIn, Record> signedIn) {
        var command = new Users.Register(request.body(Registration.class), request.client());
        return bus.ask(Users.SIGN_IN_OPTIONS, new Users.FindOptions())
                .compose(options -> options.emailVerification() == EmailVerification.REQUIRED
                        ? bus.ask(Users.REGISTER_UNVERIFIED, command)
                                .map(sent -> Answer.json(202, new Status("verification_sent")))
                        : bus.ask(Users.REGISTER, command).map(signedIn));
    }
}
