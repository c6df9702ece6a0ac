package io.parley.config.walls;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameMatching;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.CompositeArchRule;
import io.parley.contracts.Health;
import java.util.function.Function;
import java.util.stream.Stream;

/** Which modules a module may know, and which libraries are used in one place only. */
enum Wall implements Rule {
    KERNEL_KNOWS_NOBODY(root -> knowsOnly(root, "kernel")),
    CONTRACTS_KNOW_THE_KERNEL(root -> knowsOnly(root, "contracts", "kernel")),
    JSON_KNOWS_THE_KERNEL(root -> knowsOnly(root, "json", "kernel")),
    TRANSFER_KNOWS_CONTRACTS(root -> knowsOnly(root, "transfer", "kernel", "contracts", "json")),
    POSTGRES_KNOWS_THE_KERNEL(root -> knowsOnly(root, "postgres", "kernel")),
    STORAGE_KNOWS_POSTGRES(root -> knowsOnly(root, "storage", "kernel", "contracts", "postgres")),
    GATEWAY_KNOWS_CONTRACTS(root -> knowsOnly(root, "gateway", "kernel", "contracts", "json", "transfer")),
    USERS_KNOW_NO_SIBLING(root -> module(root, "users")),
    CONVERSATIONS_KNOW_NO_SIBLING(root -> module(root, "conversations")),
    MESSAGES_KNOW_NO_SIBLING(root -> module(root, "messages")),
    TASKS_KNOW_NO_SIBLING(root -> module(root, "tasks")),
    FILES_KNOW_NO_SIBLING(root -> module(root, "files")),
    ASSISTANT_KNOWS_NO_SIBLING(root -> knowsOnly(root, "assistant", "kernel", "contracts", "json", "storage")),
    IDEMPOTENCY_KNOWS_NO_SIBLING(root -> module(root, "idempotency")),
    CHANGES_KNOW_NO_SIBLING(root -> module(root, "changes")),
    AUDIT_KNOWS_NO_SIBLING(root -> module(root, "audit")),
    WEBHOOKS_KNOW_NO_SIBLING(root -> module(root, "webhooks")),
    RETENTION_KNOWS_CONTRACTS(root -> knowsOnly(root, "retention", "kernel", "contracts")),

    ONLY_STORES_USE_SQL(root -> noClasses()
            .that(not(resideInAnyPackage(packages(root, "storage", "postgres"))))
            .and(not(nameMatching(".*(Store|Row|Trash|Purge|Imports|Search|Usage)(\\$.*)?")))
            .should()
            .dependOnClassesThat(resideInAnyPackage("io.vertx.sqlclient..", "io.vertx.pgclient..", "java.sql.."))),

    POSTGRES_USES_NO_VERTX(root -> noClasses()
            .that(resideInAPackage(root + ".postgres.."))
            .should()
            .dependOnClassesThat(resideInAPackage("io.vertx.."))),

    ONLY_STORAGE_BOUNDS_PAGES(root -> noClasses()
            .that(not(resideInAPackage(root + ".storage..")))
            .should()
            .dependOnClassesThat(resideInAPackage(root + ".storage.pages.."))),

    ONLY_MIGRATIONS_USE_FLYWAY(root -> noClasses()
            .that(not(resideInAPackage(root + ".storage.migration..")))
            .should()
            .dependOnClassesThat(resideInAPackage("org.flywaydb.."))),

    ONLY_BACKUPS_USE_THE_JDBC_DRIVER(root -> noClasses()
            .that(not(resideInAPackage(root + ".storage.backup..")))
            .should()
            .dependOnClassesThat(resideInAPackage("org.postgresql.."))),

    ONLY_THE_GATEWAY_USES_VERTX_WEB(root -> noClasses()
            .that(not(resideInAPackage(root + ".gateway..")))
            .should()
            .dependOnClassesThat(resideInAPackage("io.vertx.ext.web.."))),

    ONLY_AUTHENTICATION_USES_JWT(root -> noClasses()
            .that(not(nameMatching(exactly(root + ".gateway.auth.AccessTokens"))))
            .should()
            .dependOnClassesThat(resideInAnyPackage("io.vertx.ext.auth..", "io.vertx.ext.web.handler.JWT.."))),

    ONLY_THE_BUS_TOUCHES_THE_EVENT_BUS(root -> noClasses()
            .that(not(nameMatching(exactly(root + ".kernel.Bus"))))
            .should()
            .dependOnClassesThat()
            .haveFullyQualifiedName("io.vertx.core.eventbus.EventBus")),

    ONLY_CONTRACTS_NAME_ADDRESSES(root -> noClasses()
            .that(not(resideInAPackage(root + ".contracts..")))
            .should()
            .callConstructor("io.parley.kernel.Address", String.class.getName())
            .orShould()
            .callConstructor("io.parley.kernel.Topic", String.class.getName())),

    OTHERS_SEE_ONLY_VERTICLES_AND_SETTINGS(root -> CompositeArchRule.of(
            Health.MODULES.stream().map(module -> visibleOutside(root, module)).toList()));

    @SuppressWarnings("ImmutableEnumChecker") // each is a function of its argument alone
    private final Function<String, ArchRule> rule;

    Wall(Function<String, ArchRule> rule) {
        this.rule = rule;
    }

    @Override
    public ArchRule below(String root) {
        return rule.apply(root);
    }

    private static ArchRule module(String root, String name) {
        return knowsOnly(root, name, "kernel", "contracts", "storage", "postgres");
    }

    private static ArchRule knowsOnly(String root, String room, String... neighbours) {
        var known = Stream.concat(Stream.of(room), Stream.of(neighbours)).toArray(String[]::new);
        return noClasses()
                .that(resideInAPackage(root + "." + room + ".."))
                .should()
                .dependOnClassesThat(resideInAPackage(root + "..").and(not(resideInAnyPackage(packages(root, known)))));
    }

    // The gateway is not among the modules: config is the only one that sees it.
    private static ArchRule visibleOutside(String root, String module) {
        var own = root + "." + module + "..";
        return noClasses()
                .that(resideInAPackage(root + "..").and(not(resideInAPackage(own))))
                .should()
                .dependOnClassesThat(resideInAPackage(own).and(not(nameMatching(".*(Verticle|Settings)(\\$.*)?"))));
    }

    private static String[] packages(String root, String... rooms) {
        return Stream.of(rooms).map(room -> root + "." + room + "..").toArray(String[]::new);
    }

    /** The class and what is nested in it. */
    private static String exactly(String name) {
        return name.replace(".", "\\.") + "(\\$.*)?";
    }
}
