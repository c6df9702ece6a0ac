package io.parley.gateway.contract;

import com.fasterxml.jackson.databind.JsonNode;
import io.parley.contracts.search.RankCursor;
import io.parley.contracts.users.Users.Client;
import io.parley.gateway.auth.EndedSessions;
import io.parley.gateway.auth.Identity;
import io.parley.gateway.http.ClientAddress;
import io.parley.gateway.http.EntityTags;
import io.parley.gateway.http.Upload;
import io.parley.gateway.idempotency.IdempotencyKey;
import io.parley.gateway.streams.StreamSession;
import io.parley.json.HyphenatedWords;
import io.parley.json.JsonForm;
import io.parley.json.Times;
import io.parley.kernel.Caller;
import io.parley.kernel.Cursor;
import io.parley.kernel.Ids;
import io.parley.kernel.PageRequest;
import io.parley.kernel.Problem;
import io.parley.kernel.Versions;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A request as a route sees it: authenticated, held against the contract, in the types of the contracts. */
public final class Request {
    private final HttpServerRequest http;
    private final @Nullable Identity identity;
    private final Map<String, String> path;
    private final Map<String, Object> query;
    private final @Nullable JsonNode body;
    private final @Nullable Upload upload;
    private final @Nullable IdempotencyKey key;
    private final @Nullable UUID newId;

    Request(
            HttpServerRequest http,
            @Nullable Identity identity,
            Map<String, String> path,
            Map<String, Object> query,
            @Nullable JsonNode body,
            @Nullable Upload upload) {
        this(http, identity, path, query, body, upload, null, null);
    }

    private Request(
            HttpServerRequest http,
            @Nullable Identity identity,
            Map<String, String> path,
            Map<String, Object> query,
            @Nullable JsonNode body,
            @Nullable Upload upload,
            @Nullable IdempotencyKey key,
            @Nullable UUID newId) {
        this.http = http;
        this.identity = identity;
        this.path = path;
        this.query = query;
        this.body = body;
        this.upload = upload;
        this.key = key;
        this.newId = newId;
    }

    /** The same under a key that it came with. */
    Request under(IdempotencyKey sent) {
        return new Request(http, identity, path, query, body, upload, sent, newId);
    }

    /** The same, to create what it creates under this id. */
    public Request creating(UUID id) {
        return new Request(http, identity, path, query, body, upload, key, id);
    }

    /** Fails where the operation is open: nobody is known there. */
    public Caller caller() {
        return identity().caller();
    }

    public UUID sessionId() {
        return identity().sessionId();
    }

    public StreamSession visit(EndedSessions ended) {
        return new StreamSession(identity(), ended);
    }

    /** Nothing where the request came without one, or where the operation takes none. */
    public Optional<IdempotencyKey> key() {
        return Optional.ofNullable(key);
    }

    /** The id of what it creates: the same whenever it comes again under its key. */
    public UUID newId() {
        return newId == null ? Ids.next() : newId;
    }

    /** Whether nobody waits for the answer any more. */
    public boolean isAbandoned() {
        return http.response().closed();
    }

    public UUID pathId(String name) {
        return Ids.parse(path.getOrDefault(name, "")).orElseThrow(() -> Problem.invalid(name, "must be a UUID"));
    }

    public <T extends Record> T body(Class<T> type) {
        if (body == null) throw new IllegalStateException("no body in the contract");
        return JsonForm.bind(body, type);
    }

    public boolean isUpload() {
        return upload != null;
    }

    /** The body of an operation that takes it in as it comes. */
    public Upload upload() {
        if (upload == null) throw new IllegalStateException("no such body in the contract");
        return upload;
    }

    /** Whether the client would rather have this type. */
    public boolean accepts(String type) {
        var accepted = http.getHeader(HttpHeaders.ACCEPT);
        return accepted != null && accepted.contains(type);
    }

    /** Of the last event that the client has, where it has any (HTML Living Standard, 9.2.4). */
    public Optional<String> lastEventId() {
        return Optional.ofNullable(http.getHeader("Last-Event-ID")).filter(id -> !id.isEmpty());
    }

    public Versions versions() {
        return EntityTags.ifMatch(http.headers());
    }

    public PageRequest slice() {
        return new PageRequest(cursor(), given("limit", Integer.class), chosen("order", PageRequest.Order.class));
    }

    /** A parameter that the contract requires, or has a default for. */
    public <T> T given(String name, Class<T> type) {
        var value = query.get(name);
        if (value == null) throw noSuchParameter(name);
        return type.cast(value);
    }

    /** A word that the contract requires, or has a default for. */
    public <E extends Enum<E>> E chosen(String name, Class<E> type) {
        var word = choice(name, type);
        if (word == null) throw noSuchParameter(name);
        return word;
    }

    public <E extends Enum<E>> @Nullable E choice(String name, Class<E> type) {
        var word = text(name);
        if (word == null) return null;
        for (E constant : type.getEnumConstants()) if (HyphenatedWords.isWord(constant, word)) return constant;
        throw new IllegalStateException("the contract has a word for " + name + " that nobody knows");
    }

    public @Nullable UUID uuid(String name) {
        return (UUID) query.get(name);
    }

    public @Nullable Instant time(String name) {
        return (Instant) query.get(name);
    }

    public @Nullable Boolean flag(String name) {
        return (Boolean) query.get(name);
    }

    public @Nullable String text(String name) {
        return (String) query.get(name);
    }

    /** Where a page of what was found begins. */
    public @Nullable RankCursor rankCursor() {
        var text = text("cursor");
        return text == null
                ? null
                : RankCursor.parse(text).filter(Request::isStorable).orElseThrow(Request::noSuchCursor);
    }

    public Client client() {
        return ClientAddress.of(http);
    }

    private Identity identity() {
        if (identity == null) throw new IllegalStateException("nobody is signed in here");
        return identity;
    }

    private @Nullable Cursor cursor() {
        var text = text("cursor");
        return text == null
                ? null
                : Cursor.parse(text)
                        .filter(cursor -> Times.isStorable(cursor.at()))
                        .orElseThrow(Request::noSuchCursor);
    }

    private static boolean isStorable(RankCursor cursor) {
        return Times.isStorable(cursor.asOf()) && Times.isStorable(cursor.at()) && Float.isFinite(cursor.rank());
    }

    private static Problem noSuchCursor() {
        return Problem.invalid("cursor", "must be the next_cursor of a page");
    }

    private static IllegalStateException noSuchParameter(String name) {
        return new IllegalStateException("the contract promises no value for " + name);
    }
}
