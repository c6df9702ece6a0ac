package io.parley.config.settings;

import static java.util.Objects.requireNonNull;

import io.parley.config.settings.sources.SettingValues;
import io.parley.kernel.Secret;
import io.parley.users.oidc.OidcSettings;
import io.parley.users.oidc.ProviderSettings;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads the providers of OpenID Connect at which people can sign in. */
final class OidcProviders {
    private static final String LIST = "oidc.providers";
    private static final String SCOPES = "openid email profile";
    private static final Set<String> MEMBERS =
            Set.of("name", "title", "issuer", "client-id", "client-secret", "scopes", "trust-email", "mfa");

    // The path /api/v1/auth/oidc/exchange is taken.
    private static final Pattern NAME = Pattern.compile("(?!exchange$)[a-z0-9]([a-z0-9-]{0,38}[a-z0-9])?");
    private static final Pattern SCOPE = Pattern.compile("[\\x21\\x23-\\x5b\\x5d-\\x7e]+");
    private static final int MAX_TITLE = 100;

    static OidcSettings read(SettingValues values) {
        var providers =
                items(values).stream().map(item -> provider(values, item)).toList();
        if (providers.stream().map(ProviderSettings::name).distinct().count() < providers.size())
            throw values.invalid(LIST, "must not have two providers of the same name");
        return new OidcSettings(providers);
    }

    private static List<JsonObject> items(SettingValues values) {
        if (values.text(LIST).isBlank()) return List.of();
        try {
            return new JsonArray(values.text(LIST))
                    .stream().map(JsonObject.class::cast).toList();
        } catch (DecodeException | ClassCastException notAList) {
            throw values.invalid(
                    LIST,
                    "must be a list of {name, title, issuer, client-id, client-secret, scopes, trust-email, mfa}");
        }
    }

    private static ProviderSettings provider(SettingValues values, JsonObject item) {
        for (var member : item.fieldNames())
            if (!MEMBERS.contains(member))
                throw values.invalid(LIST, "has a provider with the unknown member " + member);
        try {
            var name = matching(values, NAME, text(item, "name", ""), "name of a-z, 0-9 and hyphens, at most 40");
            return new ProviderSettings(
                    name,
                    title(values, text(item, "title", name)),
                    issuer(values, text(item, "issuer", "")),
                    required(values, text(item, "client-id", ""), "client-id"),
                    secret(values, text(item, "client-secret", "")),
                    scopes(values, text(item, "scopes", SCOPES)),
                    item.getBoolean("trust-email", false),
                    trustsMfa(values, text(item, "mfa", "ask")));
        } catch (ClassCastException | NullPointerException otherType) {
            throw values.invalid(
                    LIST,
                    "has a provider with a member of the wrong type: trust-email is true or false, all others are texts");
        }
    }

    // JsonObject.getString turns numbers into text.
    private static String text(JsonObject item, String member, String otherwise) {
        return (String) requireNonNull(item.getValue(member, otherwise));
    }

    private static String title(SettingValues values, String title) {
        if (title.isBlank() || title.length() > MAX_TITLE || title.chars().anyMatch(Character::isISOControl))
            throw values.invalid(LIST, "has a provider with a title that is blank or longer than " + MAX_TITLE);
        return title.strip();
    }

    private static URI issuer(SettingValues values, String text) {
        try {
            var issuer = URI.create(text);
            if (ProviderSettings.isSecure(issuer) && issuer.getRawQuery() == null && issuer.getRawFragment() == null)
                return issuer;
        } catch (IllegalArgumentException notAUrl) {
            // refused below
        }
        throw values.invalid(
                LIST, "has a provider whose issuer is no https:// URL (http:// on this machine) without query");
    }

    // Files and Kubernetes secrets often end in a line break.
    private static @Nullable Secret secret(SettingValues values, String text) {
        var secret = new Secret(text).trimmed();
        if (secret.hasControlCharacters())
            throw values.invalid(LIST, "has a client-secret with control characters in it");
        return secret.value().isEmpty() ? null : secret;
    }

    private static List<String> scopes(SettingValues values, String text) {
        var scopes = List.of(text.strip().split(" +"));
        for (var scope : scopes) matching(values, SCOPE, scope, "scope without quotes, between blanks");
        if (!scopes.contains("openid")) throw values.invalid(LIST, "has a provider without the scope openid");
        return scopes;
    }

    private static boolean trustsMfa(SettingValues values, String text) {
        return switch (text) {
            case "ask" -> false;
            case "trust" -> true;
            default -> throw values.invalid(LIST, "has a provider whose mfa is neither ask nor trust");
        };
    }

    private static String required(SettingValues values, String text, String member) {
        if (text.isBlank()) throw values.invalid(LIST, "has a provider without " + member);
        return text.strip();
    }

    private static String matching(SettingValues values, Pattern pattern, String text, String expectation) {
        if (!pattern.matcher(text).matches())
            throw values.invalid(LIST, "has a provider without a valid " + expectation);
        return text;
    }

    private OidcProviders() {}
}
