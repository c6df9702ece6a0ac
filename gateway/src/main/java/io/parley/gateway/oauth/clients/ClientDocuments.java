package io.parley.gateway.oauth.clients;

import com.fasterxml.jackson.databind.JsonNode;
import io.parley.gateway.oauth.OAuthError;
import io.parley.json.StrictJson;
import io.parley.kernel.outbound.HostNames;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Programs that describe themselves in a document whose URL is their id (draft-ietf-oauth-client-id-metadata-document). A document is
 * used for an hour; one that could not be had is tried again after half a minute.
 */
public final class ClientDocuments {
    private static final Duration GOOD_FOR = Duration.ofHours(1);
    private static final Duration BAD_FOR = Duration.ofSeconds(30);

    /** Each takes up to about 40 kB, mostly less than one. */
    private static final int MAX_KNOWN = 500;

    private static final int MAX_REDIRECT_URIS = 20;

    // No IP addresses, no other port than that of https, and no dot segments.
    private static final Pattern URL = Pattern.compile(
            "https://[a-z0-9-]+(\\.[a-z0-9-]+)*\\.[a-z][a-z0-9-]*(:443)?(/[!-~&&[^/?#\\\\]]*)+(\\?[!-~&&[^#]]*)?");
    private static final Pattern DOT_SEGMENT = Pattern.compile("/\\.{1,2}(/|\\?|$)");

    private final DocumentFetcher fetcher;
    private final Map<String, Known> known = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Known> eldest) {
            return size() > MAX_KNOWN;
        }
    };

    private record Known(Future<OAuthClient> client, long fetchedAt) {
        boolean isUsable() {
            var lifetime = client.failed() ? BAD_FOR : GOOD_FOR;
            return System.nanoTime() - fetchedAt < lifetime.toNanos();
        }
    }

    public ClientDocuments(DocumentFetcher fetcher) {
        this.fetcher = fetcher;
    }

    /** Whether the id has the form of such a URL. */
    static boolean areNamedBy(String id) {
        return id.length() <= OAuthClient.MAX_URI
                && URL.matcher(id).matches()
                && !id.contains("%2e")
                && !DOT_SEGMENT.matcher(id).find()
                && hasPublicName(id);
    }

    private static boolean hasPublicName(String id) {
        try {
            var host = new URI(id).getHost();
            return host != null && !HostNames.isLocal(host);
        } catch (URISyntaxException notAUrl) {
            return false;
        }
    }

    // Everybody who asks while a document is on its way waits for the same answer.
    Future<OAuthClient> find(String id) {
        synchronized (known) {
            var found = known.get(id);
            if (found != null && found.isUsable()) return found.client();
            var client = fetcher.fetch(URI.create(id))
                    .map(document -> client(id, document))
                    .recover(ClientDocuments::refuse);
            known.put(id, new Known(client, System.nanoTime()));
            return client;
        }
    }

    private static Future<OAuthClient> refuse(Throwable failure) {
        return Future.failedFuture(failure instanceof OAuthError ? failure : OAuthError.noDocument());
    }

    static OAuthClient client(String id, Buffer document) {
        JsonNode json = StrictJson.parse(document);
        if (!id.equals(json.path("client_id").textValue()))
            throw OAuthError.badDocument("client_id is another URL than the document's");
        var method = json.path("token_endpoint_auth_method").asText("none");
        if (!method.equals("none")) throw OAuthError.badDocument("token_endpoint_auth_method is not none");
        if (json.has("client_secret")) throw OAuthError.badDocument("it has a client_secret");
        try {
            return new OAuthClient(id, name(json.path("client_name").textValue(), id), redirectUris(json));
        } catch (IllegalArgumentException invalid) {
            throw OAuthError.badDocument(String.valueOf(invalid.getMessage()).replace('-', '_'));
        }
    }

    private static List<String> redirectUris(JsonNode json) {
        var uris = new ArrayList<String>();
        for (var uri : json.path("redirect_uris")) if (uri.isTextual()) uris.add(uri.asText());
        if (uris.size() > MAX_REDIRECT_URIS) throw OAuthError.badDocument("redirect_uris has too many");
        return uris;
    }

    // Without characters that could change how the page around it is read.
    private static String name(@Nullable String name, String id) {
        var cleaned = name == null
                ? ""
                : name.codePoints()
                        .filter(ClientDocuments::isShown)
                        .limit(OAuthClient.MAX_NAME / 2)
                        .mapToObj(Character::toString)
                        .collect(Collectors.joining())
                        .strip();
        return cleaned.isEmpty() ? URI.create(id).getHost() : cleaned;
    }

    private static boolean isShown(int character) {
        return Character.isLetterOrDigit(character)
                || character == ' '
                || (Character.isDefined(character)
                        && !Character.isISOControl(character)
                        && Character.getType(character) != Character.FORMAT
                        && Character.getType(character) != Character.SURROGATE
                        && Character.getType(character) != Character.LINE_SEPARATOR
                        && Character.getType(character) != Character.PARAGRAPH_SEPARATOR);
    }
}
