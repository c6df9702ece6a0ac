package io.parley.kernel;

import io.parley.kernel.cluster.ClusterNode;
import io.parley.kernel.cluster.Heartbeat;
import io.parley.kernel.cluster.Peer;
import io.parley.kernel.cluster.Peers;
import io.parley.kernel.replicas.ReplicaReads;
import io.parley.kernel.telemetry.Ask;
import io.parley.kernel.telemetry.Meters;
import io.parley.kernel.telemetry.Traces;
import io.parley.kernel.wire.ProblemCodec;
import io.parley.kernel.wire.RecordCodec;
import io.vertx.core.Future;
import io.vertx.core.MultiMap;
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
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Typed requests and events over Vert.x's event bus; the only class that uses it. There is one for each Vert.x. A
 * request goes to a handler on the event loop that sends it, because waking another event loop costs more than most
 * answers do; if there is none, to another one in this process; and only then to a peer in the cluster.
 */
public final class Bus {
    private static final Logger log = LoggerFactory.getLogger(Bus.class);

    private static final String HEARTBEATS = "bus.presence";
    private static final String FORWARDED_ADDRESS = "address";
    private static final String FORWARDED_TIMEOUT = "timeout";

    /** How a record travels inside this process; between processes it is always encoded. */
    public enum Form {
        REFERENCE,
        /** Encoded and decoded, so that tests find what cannot travel. */
        WIRE
    }

    private final Vertx vertx;
    private final EventBus events;
    private final Duration timeout;
    private final DeliveryOptions local;
    private final ClusterNode node = new ClusterNode();
    private final Set<String> answered = ConcurrentHashMap.newKeySet();
    private final Map<String, Map<Thread, String>> answeredOnLoops = new ConcurrentHashMap<>();

    /** @param timeout after which a request without an answer fails */
    public Bus(Vertx vertx, Duration timeout) {
        this(vertx, timeout, Form.REFERENCE);
    }

    public Bus(Vertx vertx, Duration timeout, Form form) {
        this.vertx = vertx;
        this.events = vertx.eventBus();
        this.timeout = timeout;
        this.local = localOptions(timeout);
        events.registerCodec(new RecordCodec(form == Form.WIRE));
        events.registerDefaultCodec(Problem.class, new ProblemCodec(form == Form.WIRE));
        events.codecSelector(body -> body instanceof Record ? RecordCodec.NAME : null);
        Meters.gauge(
                "parley.cluster.nodes",
                "Nodes that this one knows, itself included.",
                () -> 1 + node.peers().size());
    }

    private static DeliveryOptions localOptions(Duration timeout) {
        return new DeliveryOptions().setSendTimeout(timeout.toMillis()).setLocalOnly(true);
    }

    /**
     * The answer to a request. Every failure is a {@link Problem}: unavailable if nobody answers at the address, timeout
     * if no answer came in time, lost if the peer that received the request is gone, internal if the handler failed with
     * anything but a problem.
     */
    public <Q extends Record, R extends Record> Future<R> ask(Address<Q, R> address, Q query) {
        return ask(address, query, timeout, local);
    }

    /**
     * The same for an answer that takes longer. If the peer that received the request dies, it fails at once, however long the
     * time-out is.
     */
    public <Q extends Record, R extends Record> Future<R> ask(Address<Q, R> address, Q query, Duration timeout) {
        return ask(address, query, timeout, localOptions(timeout));
    }

    private <Q extends Record, R extends Record> Future<R> ask(
            Address<Q, R> address, Q query, Duration timeout, DeliveryOptions options) {
        var ask = Ask.begin(address.name());
        return this.<R>askLocally(address.name(), query, ReplicaReads.passOn(ask.traced(options)))
                .recover(failure -> Peers.hasNoHandler(failure)
                        ? node.peers().ask(address.name(), peer -> forward(address, query, timeout, peer, ask))
                        : Future.failedFuture(failure))
                .recover(failure -> Future.failedFuture(problem(address.name(), failure)))
                .onComplete((answer, failure) -> ask.end(outcome(failure)));
    }

    private static String outcome(@Nullable Throwable failure) {
        if (failure == null) return Ask.OK;
        return failure instanceof Problem problem ? problem.kind().label() : Problem.Kind.INTERNAL.label();
    }

    private <R extends Record> Future<R> askLocally(String address, Record query, DeliveryOptions options) {
        var onLoop = answeredOnLoops.getOrDefault(address, Map.of()).get(Thread.currentThread());
        return onLoop == null
                ? request(address, query, options)
                : this.<R>request(onLoop, query, options)
                        .recover(failure -> Peers.hasNoHandler(failure)
                                ? request(address, query, options)
                                : Future.failedFuture(failure));
    }

    private <Q extends Record, R extends Record> Future<R> forward(
            Address<Q, R> address, Q query, Duration timeout, Peer peer, Ask ask) {
        var options = new DeliveryOptions()
                .setSendTimeout(timeout.toMillis())
                .addHeader(FORWARDED_ADDRESS, address.name())
                .addHeader(FORWARDED_TIMEOUT, String.valueOf(timeout.toMillis()));
        return peer.expect(
                request(inbox(peer.heartbeat().node()), query, ReplicaReads.passOn(ask.traced(options))),
                vertx.getOrCreateContext());
    }

    /**
     * Tells all peers that answer the address, and completes when each has answered. Never fails: a peer that is gone, or silent for this
     * time, is not waited for.
     */
    public <Q extends Record, R extends Record> Future<Void> tellPeers(
            Address<Q, R> address, Q news, Duration timeout) {
        var peers = node.peers().answering(address.name());
        if (peers.isEmpty()) return Future.succeededFuture();
        var ask = Ask.begin(address.name());
        return Future.join(peers.stream()
                        .map(peer -> this.<Q, R>forward(address, news, timeout, peer, ask))
                        .toList())
                .onComplete((told, failure) -> ask.end(outcome(failure)))
                .<Void>mapEmpty()
                .otherwiseEmpty();
    }

    private <R extends Record> Future<R> request(String address, Record query, DeliveryOptions options) {
        return events.<R>request(address, query, options).map(Message::body);
    }

    /** Handles requests in the context of the calling verticle until it is undeployed. */
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
            String registered, Address<Q, R> address, Function<Q, Future<R>> handler) {
        return events.<Q>localConsumer(registered)
                .handler(message -> reply(address, message, handler))
                .completion();
    }

    // A handler that throws would otherwise leave the sender waiting for the time-out.
    private static <Q extends Record, R extends Record> void reply(
            Address<Q, R> address, Message<Q> message, Function<Q, Future<R>> handler) {
        Traces.enter(Traces.read(message.headers()));
        ReplicaReads.enter(message.headers());
        Future.succeededFuture(message.body())
                .compose(handler)
                .onSuccess(message::reply)
                .onFailure(failure -> message.reply(problem(address.name(), failure)));
    }

    /** Publishes to all subscribers, on this node and on others. Delivery is neither guaranteed nor reported. */
    public <E extends Record> void publish(Topic<E> topic, E event) {
        try {
            events.publish(topic.name(), event);
        } catch (IllegalStateException failure) {
            // Vert.x 5.0.10 throws "Promise already completed" while a node that was killed is not evicted yet: the
            // bus writes one message to several nodes, and each write that has failed before ends it again.
            log.warn("An event of {} may not have reached all nodes: {}", topic.name(), failure.getMessage());
        }
    }

    /** Handles events in the context of the calling verticle until it is undeployed. */
    public <E extends Record> Future<Void> subscribe(Topic<E> topic, Consumer<E> handler) {
        return events.<E>consumer(topic.name())
                .handler(message -> handler.accept(message.body()))
                .completion();
    }

    /**
     * Joins the cluster: exchanges heartbeats with the other nodes and handles the requests that they forward, in the
     * context of the calling verticle until it is undeployed.
     *
     * @param name of this node in the logs of the others
     */
    public Future<Void> join(String name) {
        vertx.setPeriodic(Peers.BEAT.toMillis(), beat -> {
            sendHeartbeat(name);
            node.peers().sweep();
        });
        var inbox = events.<Record>consumer(inbox(node.id()))
                .handler(this::answerForwarded)
                .completion();
        var heartbeats = events.<Heartbeat>consumer(HEARTBEATS)
                .handler(message -> node.receive(message.body()))
                .completion();
        return Future.all(inbox, heartbeats)
                .onSuccess(joined -> sendHeartbeat(name))
                .mapEmpty();
    }

    private void sendHeartbeat(String name) {
        events.publish(HEARTBEATS, node.heartbeat(name, answered));
    }

    private void answerForwarded(Message<Record> message) {
        var headers = message.headers();
        node.inFlight(() -> request(headers.get(FORWARDED_ADDRESS), message.body(), options(headers)))
                .recover(failure -> failure instanceof ReplyException known
                        ? Future.failedFuture(known)
                        : Future.failedFuture(problem("the inbox", failure)))
                .onSuccess(message::reply)
                .onFailure(message::reply);
    }

    // Nodes of an earlier version send no time-out.
    private DeliveryOptions options(MultiMap headers) {
        var millis = headers.get(FORWARDED_TIMEOUT);
        var options = millis == null ? local : localOptions(Duration.ofMillis(Long.parseLong(millis)));
        return ReplicaReads.passOn(headers, Ask.traced(options, Traces.read(headers)));
    }

    private static String inbox(UUID node) {
        return "bus.node." + node;
    }

    /** Asks the other nodes to forward nothing more; succeeds when every request that they forwarded is answered. */
    public Future<Void> leave() {
        return node.leave();
    }

    private static Problem problem(String address, Throwable failure) {
        if (failure instanceof Problem problem) return problem;
        if (failure instanceof ReplyException reply) {
            if (reply.failureType() == ReplyFailure.NO_HANDLERS) return Problem.unavailable();
            if (reply.failureType() == ReplyFailure.TIMEOUT) return Problem.timeout();
        }
        log.error("The handler of {} failed", address, failure);
        return Problem.internal();
    }
}
