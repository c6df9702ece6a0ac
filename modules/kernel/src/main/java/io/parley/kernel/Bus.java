package io.parley.kernel;

import io.parley.kernel.cluster.Heartbeat;
import io.parley.kernel.cluster.InFlightCounter;
import io.parley.kernel.cluster.Peer;
import io.parley.kernel.cluster.Peers;
import io.parley.kernel.wire.ProblemCodec;
import io.parley.kernel.wire.RecordCodec;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.eventbus.EventBus;
import io.vertx.core.eventbus.Message;
import io.vertx.core.eventbus.ReplyException;
import io.vertx.core.eventbus.ReplyFailure;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Typed asking and answering over Vert.x's event bus; the only class that touches it. One for each Vert.x. What is
 * answered on the event loop that asks is asked there, for to wake another one costs more than most answers do; then
 * what is answered in this process, and elsewhere only what is not.
 */
public final class Bus {
    private static final Logger log = LoggerFactory.getLogger(Bus.class);

    private static final String PRESENCE = "bus.presence";
    private static final String FORWARDED = "address";

    /** How a record travels inside this process; between processes it is always encoded. */
    public enum Form {
        REFERENCE,
        WIRE
    }

    private final UUID node = Ids.next();
    private final Vertx vertx;
    private final EventBus events;
    private final Duration timeout;
    private final DeliveryOptions here;
    private final Peers neighbours = new Peers(System::nanoTime);
    private final Set<String> answered = ConcurrentHashMap.newKeySet();
    private final Map<String, Map<Thread, String>> answeredOnLoops = new ConcurrentHashMap<>();
    private final InFlightCounter underWay = new InFlightCounter();
    private volatile boolean leaving;

    public Bus(Vertx vertx, Duration timeout) {
        this(vertx, timeout, Form.REFERENCE);
    }

    public Bus(Vertx vertx, Duration timeout, Form form) {
        this.vertx = vertx;
        this.events = vertx.eventBus();
        this.timeout = timeout;
        this.here = options().setLocalOnly(true);
        events.registerCodec(new RecordCodec(form));
        events.registerDefaultCodec(Problem.class, new ProblemCodec(form));
        events.codecSelector(body -> body instanceof Record ? RecordCodec.NAME : null);
    }

    private DeliveryOptions options() {
        return new DeliveryOptions().setSendTimeout(timeout.toMillis());
    }

    /**
     * Fails with a {@link Problem}, whatever went wrong: unavailable where nobody answers at the address, timeout where
     * no answer came in time, lost where the node that was asked is gone, internal where the answer failed with
     * anything but a problem.
     */
    public <Q extends Record, R extends Record> Future<R> ask(Address<Q, R> address, Q query) {
        return this.<R>askHere(address.name(), query)
                .recover(failure -> Peers.isNobody(failure)
                        ? neighbours.ask(address.name(), each -> forward(address, query, each))
                        : Future.failedFuture(failure))
                .recover(failure -> Future.failedFuture(problem(address.name(), failure)));
    }

    private <R extends Record> Future<R> askHere(String address, Record query) {
        var onLoop = answeredOnLoops.getOrDefault(address, Map.of()).get(Thread.currentThread());
        return onLoop == null
                ? request(address, query, here)
                : this.<R>request(onLoop, query, here)
                        .recover(failure ->
                                Peers.isNobody(failure) ? request(address, query, here) : Future.failedFuture(failure));
    }

    private <Q extends Record, R extends Record> Future<R> forward(Address<Q, R> address, Q query, Peer neighbour) {
        var options = options().addHeader(FORWARDED, address.name());
        return neighbour.expect(
                request(inbox(neighbour.presence().node()), query, options), vertx.getOrCreateContext());
    }

    private <R extends Record> Future<R> request(String address, Record query, DeliveryOptions options) {
        return events.<R>request(address, query, options).map(Message::body);
    }

    /** Answers in the calling verticle's context and until it is undeployed. */
    public <Q extends Record, R extends Record> Future<Void> answer(
            Address<Q, R> address, Function<Q, Future<R>> handler) {
        var loop = Thread.currentThread();
        var onLoop = address.name() + '@' + loop.getName();
        return Future.all(
                        answerAt(address.name(), address, handler)
                                .onSuccess(registered -> answered.add(address.name())),
                        answerAt(onLoop, address, handler)
                                .onSuccess(registered -> answeredOnLoops
                                        .computeIfAbsent(address.name(), name -> new ConcurrentHashMap<>())
                                        .put(loop, onLoop)))
                .mapEmpty();
    }

    private <Q extends Record, R extends Record> Future<Void> answerAt(
            String place, Address<Q, R> address, Function<Q, Future<R>> handler) {
        return events.<Q>localConsumer(place)
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

    /**
     * In a cluster: gets to know the other nodes and answers for what this one is asked by them, in the calling
     * verticle's context and until it is undeployed.
     *
     * @param name of this node, for people to read
     */
    public Future<Void> join(String name) {
        vertx.setPeriodic(Peers.BEAT.toMillis(), beat -> {
            tell(name);
            neighbours.sweep();
        });
        var inbox = events.<Record>consumer(inbox(node)).handler(this::takeIn).completion();
        var presences = events.<Heartbeat>consumer(PRESENCE)
                .handler(message -> hear(message.body()))
                .completion();
        return Future.all(inbox, presences).onSuccess(joined -> tell(name)).mapEmpty();
    }

    /** The other nodes ask this one nothing more from the next beat on; done when what they have asked is answered. */
    public Future<Void> leave() {
        leaving = true;
        return underWay.none();
    }

    private void tell(String name) {
        events.publish(PRESENCE, new Heartbeat(node, name, Set.copyOf(answered), leaving));
    }

    private void hear(Heartbeat presence) {
        if (!presence.node().equals(node)) neighbours.hear(presence);
    }

    private void takeIn(Message<Record> message) {
        underWay.begin();
        Future.succeededFuture(message)
                .compose(asked -> request(asked.headers().get(FORWARDED), asked.body(), here))
                .recover(failure -> failure instanceof ReplyException known
                        ? Future.failedFuture(known)
                        : Future.failedFuture(problem("the inbox", failure)))
                .onSuccess(message::reply)
                .onFailure(message::reply)
                .onComplete(done -> underWay.end());
    }

    private static String inbox(UUID node) {
        return "bus.node." + node;
    }

    // An answer that throws would otherwise leave its asker to wait for the time-out.
    private static <Q extends Record, R extends Record> void reply(
            Address<Q, R> address, Message<Q> message, Function<Q, Future<R>> handler) {
        Future.succeededFuture(message.body())
                .compose(handler)
                .onSuccess(message::reply)
                .onFailure(failure -> message.reply(problem(address.name(), failure)));
    }

    private static Problem problem(String address, Throwable failure) {
        if (failure instanceof Problem problem) return problem;
        if (failure instanceof ReplyException reply) {
            if (reply.failureType() == ReplyFailure.NO_HANDLERS) return Problem.unavailable();
            if (reply.failureType() == ReplyFailure.TIMEOUT) return Problem.timeout();
        }
        log.error("No answer at {}", address, failure);
        return Problem.internal();
    }
}
