package io.parley.users.factors;

import io.parley.contracts.users.SecondFactors;
import io.parley.kernel.Bus;
import io.vertx.core.Future;
import java.util.List;

/** Answers every request about second factors. */
public record FactorAnswers(FactorLogin login, FactorRules rules) {
    public Future<?> register(Bus bus) {
        return Future.all(List.of(
                bus.answer(SecondFactors.LOGIN, login::login),
                bus.answer(SecondFactors.PROVE, login::prove),
                bus.answer(SecondFactors.SET_UP, rules::setUp),
                bus.answer(SecondFactors.CONFIRM_SECRET, rules::confirm),
                bus.answer(SecondFactors.REMOVE, rules::remove),
                bus.answer(SecondFactors.RENEW_CODES, rules::renewCodes),
                bus.answer(SecondFactors.FIND, rules::find)));
    }
}
