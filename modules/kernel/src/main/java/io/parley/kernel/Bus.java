package io.parley.kernel;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.eventbus.EventBus;
import io.vertx.core.eventbus.Message;
import io.vertx.core.eventbus.ReplyException;
import io.vertx.core.eventbus.ReplyFailure;
import java.time.Duration;
import java.util.function.Consumer;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Typed asking and answering over Vert.x's event bus; the only class that touches it. One for each Vert.x. */
public final class Bus {
    private static final Logger log = LoggerFactory.getLogger(Bus.class);

    /** How a record travels inside this process; between processes it is always encoded. */
    public enum Form {
        REFERENCE,
        WIRE
    }

    private final EventBus events;
    private final DeliveryOptions delivery;

    public Bus(Vertx vertx, Duration timeout) {
        this(vertx, timeout, Form.REFERENCE);
    }

    public Bus(Vertx vertx, Duration timeout, Form form) {
        this.events = vertx.eventBus();
        this.delivery = new DeliveryOptions().setSendTimeout(timeout.toMillis());
        events.registerCodec(new RecordCodec(form));
        events.registerDefaultCodec(Problem.class, new ProblemCodec(form));
        events.codecSelector(body -> body instanceof Record ? RecordCodec.NAME : null);
    }

    /**
     * Fails with a {@link Problem}, whatever went wrong: unavailable where nobody answers at the address, timeout where
     * no answer came in time, internal where the answer failed with anything but a problem.
     */
    public <Q extends Record, R extends Record> Future<R> ask(Address<Q, R> address, Q query) {
        return events.<R>request(address.name(), query, delivery)
                .map(Message::body)
                .recover(failure -> Future.failedFuture(problem(address, failure)));
    }

    /** Answers in the calling verticle's context and until it is undeployed. */
    public <Q extends Record, R extends Record> Future<Void> answer(
            Address<Q, R> address, Function<Q, Future<R>> handler) {
        return events.<Q>consumer(address.name())
                .handler(message -> reply(address, message, handler))
                .completion();
    }

    public <E extends Record> void publish(Topic<E> topic, E event) {
        events.publish(topic.name(), event);
    }

    public <E extends Record> Future<Void> subscribe(Topic<E> topic, Consumer<E> handler) {
        return events.<E>consumer(topic.name())
                .handler(message -> handler.accept(message.body()))
                .completion();
    }

    // An answer that throws would otherwise leave its asker to wait for the time-out.
    private static <Q extends Record, R extends Record> void reply(
            Address<Q, R> address, Message<Q> message, Function<Q, Future<R>> handler) {
        Future.succeededFuture(message.body())
                .compose(handler)
                .onSuccess(message::reply)
                .onFailure(failure -> message.reply(problem(address, failure)));
    }

    private static Problem problem(Address<?, ?> address, Throwable failure) {
        if (failure instanceof Problem problem) return problem;
        if (failure instanceof ReplyException reply) {
            if (reply.failureType() == ReplyFailure.NO_HANDLERS) return Problem.unavailable();
            if (reply.failureType() == ReplyFailure.TIMEOUT) return Problem.timeout();
        }
        log.error("No answer at {}", address.name(), failure);
        return Problem.internal();
    }
}
