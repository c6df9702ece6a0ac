package io.parley.gateway;

import io.parley.gateway.auth.Authentication;
import io.parley.gateway.auth.EndedSessions;
import io.parley.gateway.contract.Contract;
import io.parley.gateway.contract.Operations;
import io.parley.gateway.health.HealthRoutes;
import io.parley.gateway.http.ConnectionDeadlines;
import io.parley.gateway.idempotency.IdempotentRequests;
import io.parley.gateway.routes.AdministrationRoutes;
import io.parley.gateway.routes.AnalyticsRoutes;
import io.parley.gateway.routes.ApiKeyRoutes;
import io.parley.gateway.routes.ChangeRoutes;
import io.parley.gateway.routes.ChatRoutes;
import io.parley.gateway.routes.ConversationRoutes;
import io.parley.gateway.routes.DocsRoutes;
import io.parley.gateway.routes.MessageRoutes;
import io.parley.gateway.routes.SearchRoutes;
import io.parley.gateway.routes.SessionRoutes;
import io.parley.gateway.routes.TaskRoutes;
import io.parley.gateway.routes.TransferRoutes;
import io.parley.gateway.routes.UserRoutes;
import io.parley.gateway.streams.ChangeFeed;
import io.parley.gateway.streams.TurnFeed;
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
    private final IdempotentRequests repeats;

    private volatile boolean draining;

    /** Reads the contract, which takes a second or so: not for an event loop. */
    public Gateway(Vertx vertx, Bus bus, GatewaySettings settings) {
        this.bus = bus;
        this.settings = settings;
        this.ended = new EndedSessions(settings.tokens().lifetime());
        this.authentication = new Authentication(vertx, settings.tokens(), ended);
        this.repeats = new IdempotentRequests(vertx, bus, settings);
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
    public boolean isOpen() {
        return !draining && ended.isKnown();
    }

    /** What happens at each operation. */
    Operations operations(Vertx vertx, ConnectionDeadlines deadlines, TurnFeed turns, ChangeFeed changes) {
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

    public Bus bus() {
        return bus;
    }

    GatewaySettings settings() {
        return settings;
    }

    public EndedSessions ended() {
        return ended;
    }

    DocsRoutes docs() {
        return docs;
    }
}
