package io.parley.gateway;

import io.parley.kernel.Bus;
import io.vertx.core.Vertx;

/** What all instances of the gateway in one process share. */
public final class Gateway {
    private final Bus bus;
    private final GatewaySettings settings;
    private final Contract contract = Contract.read();
    private final DocsRoutes docs = new DocsRoutes();
    private final EndedSessions ended;
    private final Authentication authentication;
    private final Repeats repeats;

    private volatile boolean draining;

    /** Reads the contract, which takes a second or so: not for an event loop. */
    public Gateway(Vertx vertx, Bus bus, GatewaySettings settings) {
        this.bus = bus;
        this.settings = settings;
        this.ended = new EndedSessions(settings.tokens().lifetime());
        this.authentication = new Authentication(vertx, settings.tokens(), ended);
        this.repeats = new Repeats(vertx, bus, settings);
    }

    /** A new instance; any number of them share the port. */
    public GatewayVerticle verticle() {
        return new GatewayVerticle(this);
    }

    /** From now on the gateway says that it is not ready, and goes on answering. */
    public void drain() {
        draining = true;
    }

    boolean isDraining() {
        return draining;
    }

    /** Whether requests are welcome, as far as the gateway itself is concerned. */
    boolean isOpen() {
        return !draining && ended.isKnown();
    }

    /** What happens at each operation. */
    Operations operations(Vertx vertx, Deadlines deadlines, TurnFeed turns, ChangeFeed changes) {
        var operations = new Operations(contract, authentication, deadlines, repeats);
        new SessionRoutes(bus, authentication, ended).mount(operations);
        new UserRoutes(bus, ended).mount(operations);
        new TaskRoutes(bus).mount(operations);
        new ConversationRoutes(bus).mount(operations);
        new MessageRoutes(bus).mount(operations);
        new SearchRoutes(bus).mount(operations);
        new AnalyticsRoutes(bus).mount(operations);
        new ApiKeyRoutes(bus).mount(operations);
        new AdministrationRoutes(bus, ended).mount(operations);
        new TransferRoutes(bus).mount(operations);
        new ChatRoutes(vertx, turns, ended).mount(operations);
        new ChangeRoutes(changes, ended).mount(operations);
        new HealthRoutes(this).mount(operations);
        docs.mount(operations);
        return operations;
    }

    Bus bus() {
        return bus;
    }

    GatewaySettings settings() {
        return settings;
    }

    EndedSessions ended() {
        return ended;
    }

    DocsRoutes docs() {
        return docs;
    }
}
