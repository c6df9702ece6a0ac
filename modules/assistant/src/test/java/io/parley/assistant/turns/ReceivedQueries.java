package io.parley.assistant.turns;

import io.parley.kernel.Address;
import io.parley.kernel.Bus;
import io.vertx.core.Future;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;

/** Answers queries, and keeps the class of each, in the order in which fakes received them. */
final class ReceivedQueries {
    private final List<Class<?>> classes = new CopyOnWriteArrayList<>();

    <Q extends Record, R extends Record> Future<Void> answer(
            Bus bus, Address<Q, R> address, Function<Q, Future<R>> handler) {
        return bus.answer(address, query -> {
            classes.add(query.getClass());
            return handler.apply(query);
        });
    }

    List<Class<?>> classes() {
        return List.copyOf(classes);
    }

    void clear() {
        classes.clear();
    }
}
