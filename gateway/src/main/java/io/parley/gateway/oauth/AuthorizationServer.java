package io.parley.gateway.oauth;

import io.parley.gateway.auth.ConsentArrivals;
import io.parley.gateway.auth.EndedSessions;
import io.parley.gateway.contract.LimitStep;
import io.parley.gateway.http.ConnectionDeadlines;
import io.parley.gateway.oauth.clients.ClientRegistry;
import io.parley.gateway.origin.OriginSettings;
import io.parley.gateway.origin.OwnOrigin;
import io.parley.gateway.origin.PublicOrigin;
import io.parley.kernel.Bus;
import io.parley.kernel.Secret;
import io.parley.kernel.async.BytesInFlight;
import io.vertx.core.Vertx;
import io.vertx.ext.web.Router;

/**
 * A door: users let programs in, which get tokens of their own (OAuth 2.1: authorization code with PKCE). It is there where the public URL
 * is known.
 */
public final class AuthorizationServer {
    static final String AUTHORIZE = ConsentArrivals.PAGE;
    static final String TOKEN = "/oauth/token";
    static final String REVOKE = "/oauth/revoke";

    private final ServerMetadata metadata;
    private final AuthorizeEndpoint authorize;
    private final TokenEndpoints tokens;

    /** @param signingKey the same on every node */
    public AuthorizationServer(
            Vertx vertx,
            Bus bus,
            ClientRegistry clients,
            EndedSessions endedSessions,
            PublicOrigin origin,
            OriginSettings settings,
            Secret signingKey,
            LimitStep limits,
            ConnectionDeadlines deadlines,
            BytesInFlight memory) {
        var forms = new FormReader(deadlines, memory);
        this.metadata = new ServerMetadata(origin, settings.prefix());
        this.tokens = new TokenEndpoints(bus, clients, endedSessions, origin, settings.proxies(), limits, forms);
        this.authorize = new AuthorizeEndpoint(
                clients,
                new ConsentFlow(vertx, bus, new ConsentTickets(signingKey), endedSessions),
                new ConsentArrivals(settings),
                origin,
                new OwnOrigin(settings),
                settings.proxies(),
                limits,
                forms,
                deadlines);
    }

    public void mount(Router router) {
        metadata.mount(router);
        authorize.mount(router);
        tokens.mount(router);
    }
}
