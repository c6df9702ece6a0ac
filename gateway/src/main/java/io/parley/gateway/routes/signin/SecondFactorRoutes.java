package io.parley.gateway.routes.signin;

import io.parley.contracts.users.SecondFactors;
import io.parley.contracts.users.administration.Administration;
import io.parley.gateway.auth.AccessTokens;
import io.parley.gateway.auth.EndedSessions;
import io.parley.gateway.auth.SignIns;
import io.parley.gateway.contract.Operations;
import io.parley.kernel.Bus;
import io.parley.kernel.Secret;

/** Second factors: TOTP and recovery codes. */
public final class SecondFactorRoutes {
    private final Bus bus;
    private final AccessTokens accessTokens;
    private final EndedSessions endedSessions;

    private record Code(Secret code) {}

    public SecondFactorRoutes(Bus bus, AccessTokens accessTokens, EndedSessions endedSessions) {
        this.bus = bus;
        this.accessTokens = accessTokens;
        this.endedSessions = endedSessions;
    }

    public void mount(Operations operations) {
        operations.on(
                "loginWithSecondFactor",
                request -> new SignIns(bus).withSecondFactor(request).map(accessTokens::issue));
        operations.on(
                "setUpTotp",
                request -> bus.ask(SecondFactors.SET_UP, new SecondFactors.SetUp(request.caller(), request.origin()))
                        .map(ShownSecret::of));
        operations.on(
                "confirmTotp",
                request -> bus.ask(
                                SecondFactors.CONFIRM_SECRET,
                                new SecondFactors.ConfirmSecret(
                                        request.caller(),
                                        request.origin(),
                                        request.body(Code.class).code()))
                        .map(ShownCodes::of));
        operations.on(
                "removeTotp",
                request -> bus.ask(SecondFactors.REMOVE, new SecondFactors.Remove(request.caller(), request.origin())));
        operations.on(
                "renewRecoveryCodes",
                request -> bus.ask(
                                SecondFactors.RENEW_CODES,
                                new SecondFactors.RenewCodes(request.caller(), request.origin()))
                        .map(ShownCodes::of));
        operations.on(
                "findMySecurity", request -> bus.ask(SecondFactors.FIND, new SecondFactors.Find(request.caller())));
        operations.on(
                "resetSecondFactors",
                request -> bus.ask(
                                Administration.RESET_FACTORS,
                                new Administration.ResetFactors(
                                        request.caller(), request.pathId("id"), request.origin()))
                        .map(endedSessions::add));
    }
}
