package io.parley.users.signin;

import io.parley.contracts.users.SecondFactors.Challenge;
import io.parley.contracts.users.SecondFactors.Method;
import io.parley.users.profile.Account;
import io.vertx.core.Future;
import java.util.List;

/** What an account asks for after the right password. */
public interface SecondFactorGate {
    /** Which second factors can complete a login; empty if none is asked for. */
    Future<List<Method>> methods(Account account);

    /** Begins a login that waits for one of these second factors. */
    Future<Challenge> challenge(Account account, List<Method> methods);
}
