package io.parley.users.limits;

import io.parley.contracts.limits.LimitChoices;
import io.parley.contracts.limits.Quotas;
import io.parley.kernel.Bus;
import io.vertx.core.Future;
import java.util.List;
import java.util.function.Function;

/** Answers every request about limits and about what users have used of them. */
public record LimitAnswers(LimitRules limits, ChatLimit chat, StorageLimit storage) {
    public Future<?> register(Bus bus) {
        return Future.all(List.of(
                bus.answer(LimitChoices.FIND_ROLES, limits::findRoles),
                bus.answer(LimitChoices.SET_ROLE, announced(bus, limits::setRole)),
                bus.answer(LimitChoices.FIND_USER, limits::findUser),
                bus.answer(LimitChoices.SET_USER, announced(bus, limits::setUser)),
                bus.answer(LimitChoices.FIND_MINE, limits::findMine),
                bus.answer(LimitChoices.FIND_ALL, limits::findAll),
                bus.answer(Quotas.TAKE_TURN, chat::take),
                bus.answer(Quotas.GIVE_TURN_BACK, chat::giveBack),
                bus.answer(Quotas.CHECK_MODEL, chat::check),
                bus.answer(Quotas.SPEND_TOKENS, chat::spend),
                bus.answer(Quotas.RESERVE_STORAGE, storage::reserve)));
    }

    // Publishes before the response is sent, so that the new limits apply when the client receives it.
    private static <Q, R> Function<Q, Future<R>> announced(Bus bus, Function<Q, Future<R>> change) {
        return command -> change.apply(command).onSuccess(changed -> bus.publish(Quotas.CHANGED, new Quotas.Changed()));
    }
}
