package io.parley.gateway.routes;

import io.parley.gateway.auth.AccessTokens;
import io.parley.gateway.auth.EndedSessions;
import io.parley.gateway.auth.OidcBrowser;
import io.parley.gateway.contract.Operations;
import io.parley.gateway.limits.SearchLimit;
import io.parley.gateway.routes.administration.AdministrationRoutes;
import io.parley.gateway.routes.administration.InvitationRoutes;
import io.parley.gateway.routes.batch.BatchRoutes;
import io.parley.gateway.routes.files.FileRoutes;
import io.parley.gateway.routes.files.FileTransfers;
import io.parley.gateway.routes.mail.MailedLinkRoutes;
import io.parley.gateway.routes.signin.OidcRoutes;
import io.parley.gateway.routes.signin.PasskeyRoutes;
import io.parley.gateway.routes.signin.SecondFactorRoutes;
import io.parley.gateway.routes.tokens.GrantRoutes;
import io.parley.gateway.routes.tokens.TokenRoutes;
import io.parley.gateway.routes.transfer.RunningImports;
import io.parley.gateway.routes.transfer.TransferRoutes;
import io.parley.gateway.routes.webhooks.WebhookRoutes;
import io.parley.gateway.streams.ChangeFeed;
import io.parley.gateway.streams.TurnFeed;
import io.parley.kernel.Bus;
import io.parley.kernel.async.BytesInFlight;
import io.vertx.core.Vertx;

/**
 * All resources of the REST API, for one event loop.
 *
 * @param turns the events of chat turns
 * @param changes the changes in users' data
 * @param memory counts answers that are written in parts
 * @param imports those of this process
 * @param files those of this process that are on their way
 * @param searches how many a user may have in progress
 * @param publicUrl where people reach this server
 * @param oidcBrowser the way of browsers to other providers and back
 */
public record RestRoutes(
        Vertx vertx,
        Bus bus,
        AccessTokens accessTokens,
        EndedSessions endedSessions,
        TurnFeed turns,
        ChangeFeed changes,
        BytesInFlight memory,
        RunningImports imports,
        FileTransfers files,
        SearchLimit searches,
        String publicUrl,
        OidcBrowser oidcBrowser) {
    public void mount(Operations operations) {
        new SessionRoutes(bus, accessTokens, endedSessions).mount(operations);
        new MailedLinkRoutes(bus, endedSessions).mount(operations);
        new SecondFactorRoutes(bus, accessTokens, endedSessions).mount(operations);
        new PasskeyRoutes(bus, accessTokens).mount(operations);
        new OidcRoutes(bus, accessTokens, oidcBrowser).mount(operations);
        new UserRoutes(bus, endedSessions).mount(operations);
        new AuditRoutes(bus, memory).mount(operations);
        new TaskRoutes(bus).mount(operations);
        new FileRoutes(bus, files).mount(operations);
        new ConversationRoutes(bus).mount(operations);
        new BatchRoutes(bus).mount(operations);
        new MessageRoutes(bus).mount(operations);
        new SummaryRoutes(bus).mount(operations);
        new FeedbackRoutes(bus).mount(operations);
        new SearchRoutes(bus, searches).mount(operations);
        new AnalyticsRoutes(bus).mount(operations);
        new ApiKeyRoutes(bus).mount(operations);
        new TokenRoutes(bus, endedSessions).mount(operations);
        new GrantRoutes(bus, endedSessions).mount(operations);
        new WebhookRoutes(bus).mount(operations);
        new AdministrationRoutes(bus, endedSessions).mount(operations);
        new InvitationRoutes(bus, publicUrl).mount(operations);
        new LimitRoutes(bus).mount(operations);
        new TransferRoutes(vertx, bus, memory, imports).mount(operations);
        new ChatRoutes(vertx, turns, endedSessions).mount(operations);
        new ChangeRoutes(changes, endedSessions).mount(operations);
    }
}
