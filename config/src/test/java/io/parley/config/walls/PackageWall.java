package io.parley.config.walls;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.lang.ArchRule;
import java.util.List;
import java.util.stream.Stream;

/** Which packages of its own module a package may know. The module's root package may know all of them. */
enum PackageWall implements Rule {
    GATEWAY_CONNECTIONS("gateway", "connections"),
    GATEWAY_HTTP("gateway", "http", "connections"),
    GATEWAY_OBSERVE("gateway", "observe", "http"),
    GATEWAY_TLS("gateway", "tls"),
    GATEWAY_CORS("gateway", "cors", "http"),
    GATEWAY_ORIGIN("gateway", "origin", "http"),
    GATEWAY_CONTRACT("gateway", "contract", "http", "observe", "origin"),
    GATEWAY_AUTH("gateway", "auth", "http", "origin", "contract"),
    GATEWAY_LIMITS("gateway", "limits", "http", "observe", "origin", "contract"),
    GATEWAY_IDEMPOTENCY("gateway", "idempotency", "http", "contract"),
    GATEWAY_STREAMS("gateway", "streams", "http", "contract", "auth"),
    GATEWAY_ATTACHMENTS("gateway", "attachments", "http"),
    GATEWAY_ROUTES("gateway", "routes", "http", "contract", "auth", "limits", "streams"),
    GATEWAY_DOCS("gateway", "docs", "http", "origin", "contract"),
    GATEWAY_MCP("gateway", "mcp", "http", "origin", "contract", "auth", "limits", "streams"),
    GATEWAY_OPENAI("gateway", "openai", "http", "origin", "contract", "auth", "limits", "streams", "attachments"),
    GATEWAY_UI("gateway", "ui", "http", "origin", "contract", "auth", "limits", "streams", "attachments"),
    GATEWAY_OAUTH("gateway", "oauth", "http", "origin", "contract", "auth", "limits"),
    GATEWAY_HEALTH("gateway", "health", "http", "tls", "contract"),
    GATEWAY_WEB("gateway", "web", "http", "origin", "contract", "auth", "docs"),

    ASSISTANT_METRICS("assistant", "metrics"),
    ASSISTANT_MODELS("assistant", "models", "metrics"),
    ASSISTANT_DATES("assistant", "dates"),
    ASSISTANT_TOOLS("assistant", "tools", "metrics", "models", "dates"),
    ASSISTANT_COMMANDS("assistant", "commands", "models", "tools", "dates"),
    ASSISTANT_HISTORY("assistant", "history", "models"),
    ASSISTANT_COMPLETIONS("assistant", "completions", "models"),
    ASSISTANT_TITLES("assistant", "titles", "history", "models"),
    ASSISTANT_SUMMARIES("assistant", "summaries", "history", "models"),
    ASSISTANT_TURNS("assistant", "turns", "history", "titles", "summaries", "metrics", "models", "tools"),

    USERS_PROFILE("users", "profile"),
    USERS_SESSIONS("users", "sessions", "profile"),
    USERS_SIGNIN("users", "signin", "profile", "sessions", "limits", "invitations", "addresses", "links", "mail"),
    USERS_FACTORS("users", "factors", "profile", "sessions", "limits", "keys", "signin"),
    USERS_PASSKEYS("users", "passkeys", "profile", "sessions", "limits", "signin"),
    USERS_OIDC("users", "oidc", "profile", "sessions", "limits", "links", "mail", "signin"),
    USERS_INVITATIONS("users", "invitations", "profile", "links", "mail"),
    USERS_ADMINISTRATION("users", "administration", "profile", "sessions", "links", "tokens"),
    USERS_TOKENS("users", "tokens", "sessions"),
    USERS_KEYS("users", "keys"),
    USERS_MAIL("users", "mail"),
    USERS_LINKS("users", "links", "profile", "mail", "limits"),
    USERS_ADDRESSES("users", "addresses", "profile", "mail", "links"),
    USERS_LIMITS("users", "limits"),

    WEBHOOKS_DELIVERY("webhooks", "delivery"),
    STORAGE_KEYS("storage", "keys"),
    STORAGE_CONNECTIONS("storage", "connections"),
    STORAGE_POOL("storage", "pool", "connections"),
    STORAGE_PAGES("storage", "pages", "pool"),
    STORAGE_REPLICAS("storage", "replicas", "connections", "pool"),
    MESSAGES_PARTS("messages", "parts"),
    MESSAGES_SEALING("messages", "sealing", "parts"),

    TRANSFER_SOURCES("transfer", "sources"),
    TRANSFER_CHATGPT("transfer", "chatgpt", "sources"),
    TRANSFER_CLAUDE("transfer", "claude", "sources"),
    TRANSFER_OPENWEBUI("transfer", "openwebui", "sources"),
    TRANSFER_LIBRECHAT("transfer", "librechat", "sources"),
    TRANSFER_SHAREGPT("transfer", "sharegpt", "sources"),
    TRANSFER_OPENAI("transfer", "openai", "sources"),
    TRANSFER_LINES("transfer", "lines", "sources", "openai"),
    TRANSFER_FILES("transfer", "files", "lines", "sources", "openai"),
    TRANSFER_DOCUMENT("transfer", "document"),
    TRANSFER_ARCHIVE("transfer", "archive"),

    POSTGRES_PROGRAMS("postgres", "programs", ""),
    POSTGRES_EMBEDDED("postgres", "embedded", "", "programs"),

    CONFIG_SETTINGS("config", "settings"),
    CONFIG_CLUSTER("config", "cluster", "settings"),
    CONFIG_TELEMETRY("config", "telemetry", "settings"),
    CONFIG_BACKUP("config", "backup", "settings", "telemetry"),
    CONFIG_SERVER("config", "server", "settings", "cluster", "backup", "telemetry"),
    CONFIG_OPERATIONS("config", "operations", "settings", "backup", "server"),
    CONFIG_SERVE("config", "serve", "settings", "cluster", "server", "telemetry", "start"),
    CONFIG_CLI("config", "cli", "settings", "server", "operations", "telemetry", "serve"),
    CONFIG_START("config", "start");

    private final String module;
    private final String room;

    @SuppressWarnings("ImmutableEnumChecker") // made by List.of
    private final List<String> known;

    /** @param known an empty name is the module's root package */
    PackageWall(String module, String room, String... known) {
        this.module = module;
        this.room = room;
        this.known = List.of(known);
    }

    @Override
    public ArchRule below(String root) {
        var own = root + "." + module;
        var allowed = Stream.concat(
                        Stream.of(own + "." + room + ".."),
                        known.stream().map(each -> each.isEmpty() ? own : own + "." + each + ".."))
                .toArray(String[]::new);
        return noClasses()
                .that(resideInAPackage(own + "." + room + ".."))
                .should()
                .dependOnClassesThat(resideInAPackage(own + "..").and(not(resideInAnyPackage(allowed))));
    }
}
