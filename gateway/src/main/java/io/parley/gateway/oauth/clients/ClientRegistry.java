package io.parley.gateway.oauth.clients;

import io.parley.gateway.oauth.OAuthError;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Finds programs by their ids. */
public final class ClientRegistry {
    private final Map<String, OAuthClient> registered;
    private final ClientDocuments documents;

    /** @param registered those that the operator has set */
    public ClientRegistry(Vertx vertx, List<OAuthClient> registered) {
        this(registered, new ClientDocuments(DocumentFetcher.create(vertx)));
    }

    public ClientRegistry(List<OAuthClient> registered, ClientDocuments documents) {
        this.registered = registered.stream().collect(Collectors.toMap(OAuthClient::id, Function.identity()));
        this.documents = documents;
    }

    /** Fails with an {@link OAuthError} if there is no such program, or its document cannot be had or is not valid. */
    public Future<OAuthClient> find(String id) {
        var found = registered.get(id);
        if (found != null) return Future.succeededFuture(found);
        return ClientDocuments.areNamedBy(id) ? documents.find(id) : Future.failedFuture(OAuthError.unknownClient());
    }

    /** Whether an id may still be used for tokens; documents are not read again for that. */
    public boolean mayKnow(String id) {
        return registered.containsKey(id) || ClientDocuments.areNamedBy(id);
    }
}
