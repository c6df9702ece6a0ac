package io.parley.gateway.contract;

import com.fasterxml.jackson.databind.JsonNode;
import io.parley.contracts.audit.Origin;
import io.parley.contracts.users.Users.Client;
import io.parley.gateway.http.EntityTags;
import io.parley.gateway.http.HeaderNames;
import io.parley.gateway.http.Problems;
import io.parley.gateway.http.RateHeaders;
import io.parley.gateway.http.Upload;
import io.parley.gateway.origin.ClientAddress;
import io.parley.gateway.origin.LocalClients;
import io.parley.gateway.origin.OwnOrigin;
import io.parley.gateway.origin.PublicOrigin;
import io.parley.gateway.origin.TrustedProxies;
import io.parley.json.JsonForm;
import io.parley.kernel.Caller;
import io.parley.kernel.Ids;
import io.parley.kernel.Problem;
import io.parley.kernel.Versions;
import io.parley.kernel.limits.RateState;
import io.vertx.core.http.Cookie;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A request as a handler sees it: authenticated, valid by the contract, in the types of the contracts module. */
public final class Request {
    private final HttpServerRequest http;
    private final TrustedProxies proxies;
    private final @Nullable Identity identity;
    private final Map<String, String> path;
    private final QueryValues query;
    private final @Nullable JsonNode body;
    private final @Nullable Upload upload;
    private final @Nullable IdempotencyKey key;
    private final @Nullable UUID newId;

    Request(
            HttpServerRequest http,
            TrustedProxies proxies,
            @Nullable Identity identity,
            Map<String, String> path,
            QueryValues query) {
        this(http, proxies, identity, path, query, null, null, null, null);
    }

    private Request(
            HttpServerRequest http,
            TrustedProxies proxies,
            @Nullable Identity identity,
            Map<String, String> path,
            QueryValues query,
            @Nullable JsonNode body,
            @Nullable Upload upload,
            @Nullable IdempotencyKey key,
            @Nullable UUID newId) {
        this.http = http;
        this.proxies = proxies;
        this.identity = identity;
        this.path = path;
        this.query = query;
        this.body = body;
        this.upload = upload;
        this.key = key;
        this.newId = newId;
    }

    Request withBody(JsonNode json) {
        return new Request(http, proxies, identity, path, query, json, upload, key, newId);
    }

    Request withUpload(Upload arriving) {
        return new Request(http, proxies, identity, path, query, body, arriving, key, newId);
    }

    Request withKey(IdempotencyKey sent) {
        return new Request(http, proxies, identity, path, query, body, upload, sent, newId);
    }

    /** The same request, but what it creates gets this id. */
    public Request withNewId(UUID id) {
        return new Request(http, proxies, identity, path, query, body, upload, key, id);
    }

    /** Must not be called for an operation without sign-in. */
    public Identity identity() {
        if (identity == null) throw new IllegalStateException("this operation has no sign-in");
        return identity;
    }

    public Caller caller() {
        return identity().caller();
    }

    public UUID sessionId() {
        return identity().sessionId();
    }

    public Client client() {
        return ClientAddress.of(http, proxies);
    }

    /** Where a change comes from that the caller asks for. */
    public Origin origin() {
        return new Origin(sessionId(), client());
    }

    /** Whether the client is on this machine. */
    public boolean isLocal() {
        return LocalClients.sent(http);
    }

    /** Says in the answer what is left of these rates. */
    public void addRates(List<RateState> rates) {
        RateHeaders.add(http.response(), rates);
    }

    /** A cookie that the client has sent. */
    public Optional<String> cookie(String name) {
        return Optional.ofNullable(http.getCookie(name)).map(Cookie::getValue).filter(value -> !value.isEmpty());
    }

    /** Gives the client a cookie, also if the request fails later. */
    public void addCookie(Cookie cookie) {
        http.response().addCookie(cookie);
    }

    /** Whether the client uses HTTPS to reach this origin. */
    public boolean isSecure(OwnOrigin origin) {
        return origin.isSecure(http);
    }

    /** Whether the client has disconnected. */
    public boolean isAbandoned() {
        return http.response().closed();
    }

    /** A path parameter; fails invalid if it is not a UUID. */
    public UUID pathId(String name) {
        return Ids.parse(path.getOrDefault(name, "")).orElseThrow(() -> Problem.invalid(name, "must be a UUID"));
    }

    /** A path parameter that is no id. */
    public String pathText(String name) {
        return path.getOrDefault(name, "");
    }

    /** The URL under which the client reaches this server, without a slash at its end; empty if it is not known. */
    public Optional<String> publicUrl(PublicOrigin origin) {
        return origin.of(http);
    }

    public QueryValues query() {
        return query;
    }

    /** The JSON body; fails invalid if a value does not fit the type. */
    public <T extends Record> T body(Class<T> type) {
        if (body == null) throw new IllegalStateException("this operation has no JSON body");
        return JsonForm.bind(body, type);
    }

    /** Whether there is a JSON body, of an operation that does not require one. */
    public boolean hasBody() {
        return body != null;
    }

    public boolean isUpload() {
        return upload != null;
    }

    /** The body of an operation that processes it while it arrives. */
    public Upload upload() {
        if (upload == null) throw new IllegalStateException("this operation has no upload");
        return upload;
    }

    /** Empty if the request has none, or if the operation ignores it. */
    public Optional<IdempotencyKey> idempotencyKey() {
        return Optional.ofNullable(key);
    }

    /** The id for what the request creates. Under an idempotency key all attempts have the same one. */
    public UUID newId() {
        return newId == null ? Ids.next() : newId;
    }

    /**
     * The failure of a part of the request, for an answer that has one for each part.
     *
     * @param path see {@link io.parley.gateway.http.ErrorMapping#of}
     */
    public Problems.Body problem(String path, Throwable failure) {
        return Problems.body(http, path, failure);
    }

    /** Whether the Accept header names this media type. */
    public boolean accepts(String mediaType) {
        var accept = http.getHeader(HttpHeaders.ACCEPT);
        return accept != null && accept.contains(mediaType);
    }

    /** The id of the last event that the client has received, if any. */
    public Optional<String> lastEventId() {
        return Optional.ofNullable(http.getHeader(HeaderNames.LAST_EVENT_ID)).filter(id -> !id.isEmpty());
    }

    public static Problem invalidLastEventId() {
        return Problem.invalid(HeaderNames.LAST_EVENT_ID, "must be the id of an event of this stream");
    }

    /** The versions that If-Match names. */
    public Versions versions() {
        return EntityTags.ifMatch(http.headers());
    }
}
