package io.parley.gateway;

import io.parley.gateway.attachments.SentFiles;
import io.parley.gateway.auth.AccessTokens;
import io.parley.gateway.auth.EndedSessions;
import io.parley.gateway.auth.OidcBrowser;
import io.parley.gateway.contract.Contract;
import io.parley.gateway.contract.Operations;
import io.parley.gateway.docs.DocsRoutes;
import io.parley.gateway.docs.SecurityText;
import io.parley.gateway.health.HealthRoutes;
import io.parley.gateway.http.ConnectionDeadlines;
import io.parley.gateway.http.HttpError;
import io.parley.gateway.http.Problems;
import io.parley.gateway.idempotency.IdempotentRequests;
import io.parley.gateway.limits.RequestLimits;
import io.parley.gateway.limits.SearchLimit;
import io.parley.gateway.mcp.McpRoutes;
import io.parley.gateway.oauth.AuthorizationServer;
import io.parley.gateway.oauth.ResourceMetadata;
import io.parley.gateway.oauth.clients.ClientRegistry;
import io.parley.gateway.openai.OpenAiRoutes;
import io.parley.gateway.origin.AllowedHosts;
import io.parley.gateway.origin.Challenges;
import io.parley.gateway.origin.PageOrigins;
import io.parley.gateway.origin.PublicOrigin;
import io.parley.gateway.routes.RestRoutes;
import io.parley.gateway.routes.files.FileTransfers;
import io.parley.gateway.routes.transfer.RunningImports;
import io.parley.gateway.streams.ChangeFeed;
import io.parley.gateway.streams.TurnFeed;
import io.parley.gateway.tls.ServerTls;
import io.parley.gateway.ui.UiRoutes;
import io.parley.gateway.web.WebApp;
import io.parley.gateway.web.WebSessionRoutes;
import io.parley.kernel.Bus;
import io.parley.kernel.async.BytesInFlight;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.Router;
import java.time.Clock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What all instances of the gateway in one process share. */
public final class Gateway {
    private static final Logger log = LoggerFactory.getLogger(Gateway.class);

    private final Bus bus;
    private final GatewaySettings settings;
    private final Contract contract;
    private final DocsRoutes docs;
    private final WebApp webApp;
    private final SecurityText securityText;
    private final AllowedHosts hosts;
    private final PublicOrigin publicOrigin;
    private final Challenges challenges;
    private final PageOrigins pageOrigins;
    private final EndedSessions endedSessions;
    private final AccessTokens accessTokens;
    private final RequestLimits limits;
    private final SearchLimit searches;
    private final IdempotentRequests idempotency;
    private final BytesInFlight memory;
    private final RunningImports imports;
    private final FileTransfers files;
    private final SentFiles sentFiles;
    private final ClientRegistry oauthClients;

    private volatile boolean isDraining;

    /** Reads files of the class path, so it must not be called on an event loop. */
    public Gateway(Vertx vertx, Bus bus, GatewaySettings settings, Contract contract) {
        this.bus = bus;
        this.settings = settings;
        var origin = settings.origin();
        if (origin.publicUrl() == null && !settings.isOnLoopback())
            log.warn("http.public-url is not set, so clients are not told how they can sign users in");
        this.contract = contract;
        this.docs = new DocsRoutes(origin.prefix());
        this.webApp = new WebApp(vertx, origin.prefix());
        this.securityText = new SecurityText(origin, Clock.systemUTC());
        this.hosts = origin.allowedHosts(settings.isOnLoopback());
        this.publicOrigin = new PublicOrigin(origin, settings.isOnLoopback());
        this.challenges = new Challenges(publicOrigin);
        this.pageOrigins = new PageOrigins(publicOrigin, settings.corsOrigins());
        this.endedSessions = new EndedSessions(settings.tokens().lifetime());
        this.accessTokens = new AccessTokens(vertx, bus, settings.tokens(), endedSessions, origin.proxies());
        this.limits = new RequestLimits(settings.limits(), origin.proxies(), vertx.isClustered());
        this.searches = new SearchLimit(vertx, settings.limits().searches());
        this.idempotency = new IdempotentRequests(vertx, bus, settings.tokens().key(), settings.requestTimeout());
        this.memory = new BytesInFlight(settings.bytesInFlight());
        this.imports = new RunningImports(vertx, settings.importLimits(), limits::importBytes);
        this.files = new FileTransfers(memory, settings.maxFileBytes());
        this.sentFiles = new SentFiles(bus, settings.maxFileBytes());
        this.oauthClients = new ClientRegistry(vertx, settings.oauthClients());
    }

    /** A new instance; all instances of a process share the port. */
    public GatewayVerticle verticle() {
        return new GatewayVerticle(this);
    }

    /** To be called once it listens: prepares what the first requests can wait for. */
    public void listening() {
        webApp.prepare();
    }

    /** From now on the gateway reports that it is not ready. It still answers. */
    public void drain() {
        isDraining = true;
    }

    boolean isDraining() {
        return isDraining;
    }

    /** Whether it is ready for requests. */
    public boolean isOpen() {
        return !isDraining && endedSessions.isKnown();
    }

    /** Mounts everything that has a path. */
    void mount(Router router, Vertx vertx, ConnectionDeadlines deadlines, TurnFeed turns, ChangeFeed changes) {
        var operations = new Operations(
                contract,
                accessTokens,
                limits,
                idempotency,
                deadlines,
                memory,
                settings.origin().proxies());
        new RestRoutes(
                        vertx,
                        bus,
                        accessTokens,
                        endedSessions,
                        turns,
                        changes,
                        memory,
                        imports,
                        files,
                        searches,
                        settings.publicUrl(),
                        new OidcBrowser(settings.origin(), publicOrigin, settings.publicUrl()))
                .mount(operations);
        new UiRoutes(vertx, turns, endedSessions, sentFiles, publicOrigin).mount(operations);
        var webSessions = new WebSessionRoutes(bus, accessTokens, endedSessions, settings.origin());
        webSessions.mount(operations);
        new HealthRoutes(bus, this::isOpen).mount(operations);
        docs.mount(operations);
        new ResourceMetadata(publicOrigin, settings.origin().prefix()).mount(router);
        new AuthorizationServer(
                        vertx,
                        bus,
                        oauthClients,
                        endedSessions,
                        publicOrigin,
                        settings.origin(),
                        settings.tokens().key(),
                        limits,
                        deadlines,
                        memory)
                .mount(router);
        new McpRoutes(bus, pageOrigins, accessTokens, limits, deadlines, memory, searches, changes, endedSessions)
                .mount(router);
        new OpenAiRoutes(
                        vertx,
                        settings.origin().prefix(),
                        accessTokens,
                        endedSessions,
                        limits,
                        idempotency,
                        deadlines,
                        memory,
                        turns,
                        sentFiles)
                .mount(router);
        webSessions.guard(router);
        operations.mount(router);
        docs.mount(router);
        securityText.mount(router);
        webApp.mount(router);
    }

    WebApp webApp() {
        return webApp;
    }

    /** Answers a request that was refused before its door has got it. */
    void refuse(HttpServerRequest request, HttpError error) {
        var prefix = settings.origin().prefix();
        if (!McpRoutes.answer(request, prefix, error) && !OpenAiRoutes.answer(request, prefix, error))
            Problems.answer(request, "", error);
    }

    /** Null if clients connect in clear text. */
    @Nullable ServerTls tls() {
        return settings.tls();
    }

    Challenges challenges() {
        return challenges;
    }

    AllowedHosts hosts() {
        return hosts;
    }

    Bus bus() {
        return bus;
    }

    GatewaySettings settings() {
        return settings;
    }

    RequestLimits limits() {
        return limits;
    }

    EndedSessions endedSessions() {
        return endedSessions;
    }
}
