package io.parley.gateway.routes.signin;

import io.parley.contracts.users.identities.Passkeys;
import io.parley.contracts.users.identities.Passkeys.NewPasskey;
import io.parley.gateway.auth.AccessTokens;
import io.parley.gateway.auth.SignIns;
import io.parley.gateway.contract.Operations;
import io.parley.gateway.http.Answer;
import io.parley.kernel.Bus;
import io.vertx.core.buffer.Buffer;
import java.util.Map;

/** Passkeys. The JSON of Web Authentication passes through as it is. */
public final class PasskeyRoutes {
    private final Bus bus;
    private final AccessTokens accessTokens;

    private record NewName(String name) {}

    public PasskeyRoutes(Bus bus, AccessTokens accessTokens) {
        this.bus = bus;
        this.accessTokens = accessTokens;
    }

    public void mount(Operations operations) {
        operations.on(
                "makePasskeyOptions",
                request -> bus.ask(Passkeys.NEW_OPTIONS, new Passkeys.NewOptions(request.caller(), request.origin()))
                        .map(PasskeyRoutes::written));
        operations.on(
                "createPasskey",
                request -> bus.ask(
                        Passkeys.ADD,
                        new Passkeys.Add(
                                request.caller(), request.origin(), request.newId(), request.body(NewPasskey.class))));
        operations.on("listPasskeys", request -> bus.ask(Passkeys.LIST, new Passkeys.ListMine(request.caller())));
        operations.on(
                "renamePasskey",
                request -> bus.ask(
                        Passkeys.RENAME,
                        new Passkeys.Rename(
                                request.caller(),
                                request.pathId("id"),
                                request.body(NewName.class).name())));
        operations.on(
                "deletePasskey",
                request -> bus.ask(
                        Passkeys.REMOVE,
                        new Passkeys.Remove(request.caller(), request.origin(), request.pathId("id"))));
        operations.on(
                "makeLoginOptions",
                request -> bus.ask(Passkeys.LOGIN_OPTIONS, new Passkeys.LoginOptions())
                        .map(PasskeyRoutes::written));
        operations.on(
                "loginWithPasskey",
                request -> new SignIns(bus).withPasskey(request).map(accessTokens::issue));
    }

    private static Answer written(Passkeys.Options options) {
        return Answer.json(200, Map.of(), Buffer.buffer(options.json().text()));
    }
}
