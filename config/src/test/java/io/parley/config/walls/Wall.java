package io.parley.config.walls;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameMatching;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.lang.ArchRule;
import java.util.function.Function;
import java.util.stream.Stream;

/** Who may know whom, below any root package: the house's own, or one where every wall is broken on purpose. */
enum Wall {
    KERNEL_KNOWS_NOBODY(root -> knowsOnly(root, "kernel")),
    CONTRACTS_KNOW_THE_KERNEL(root -> knowsOnly(root, "contracts", "kernel")),
    JSON_KNOWS_CONTRACTS(root -> knowsOnly(root, "json", "kernel", "contracts")),
    TRANSFER_KNOWS_CONTRACTS(root -> knowsOnly(root, "transfer", "kernel", "contracts", "json")),
    STORAGE_KNOWS_THE_KERNEL(root -> knowsOnly(root, "storage", "kernel")),
    GATEWAY_KNOWS_CONTRACTS(root -> knowsOnly(root, "gateway", "kernel", "contracts", "json", "transfer")),
    USERS_KNOW_NO_SIBLING(root -> module(root, "users")),
    CONVERSATIONS_KNOW_NO_SIBLING(root -> module(root, "conversations")),
    MESSAGES_KNOW_NO_SIBLING(root -> module(root, "messages")),
    TASKS_KNOW_NO_SIBLING(root -> module(root, "tasks")),
    ASSISTANT_KNOWS_NO_SIBLING(root -> knowsOnly(root, "assistant", "kernel", "contracts", "json", "storage")),
    RETRIES_KNOW_NO_SIBLING(root -> module(root, "retries")),
    CHANGES_KNOW_NO_SIBLING(root -> module(root, "changes")),

    ONLY_STORES_SPEAK_SQL(root -> noClasses()
            .that(not(resideInAPackage(root + ".storage..")))
            .and(not(nameMatching(".*Store(\\$.*)?")))
            .should()
            .dependOnClassesThat(resideInAnyPackage("io.vertx.sqlclient..", "io.vertx.pgclient..", "java.sql.."))),

    ONLY_STORAGE_MIGRATES(root -> noClasses()
            .that(not(resideInAPackage(root + ".storage..")))
            .should()
            .dependOnClassesThat(resideInAnyPackage("org.flywaydb..", "org.postgresql.."))),

    ONLY_THE_GATEWAY_SPEAKS_HTTP(root -> noClasses()
            .that(not(resideInAPackage(root + ".gateway..")))
            .should()
            .dependOnClassesThat(resideInAPackage("io.vertx.ext.web.."))),

    ONLY_AUTHENTICATION_SPEAKS_JWT(root -> noClasses()
            .that(not(nameMatching(exactly(root + ".gateway.Authentication"))))
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

    ONLY_VERTICLES_ARE_PUBLIC(root -> classes()
            .that(resideInAnyPackage(
                    packages(root, "users", "conversations", "messages", "tasks", "retries", "changes", "assistant")))
            .and()
            .areTopLevelClasses()
            .and()
            .arePublic()
            .should()
            .haveSimpleNameEndingWith("Verticle")
            .orShould()
            .haveSimpleNameEndingWith("Settings"));

    @SuppressWarnings("ImmutableEnumChecker") // each is a function of its argument alone
    private final Function<String, ArchRule> rule;

    Wall(Function<String, ArchRule> rule) {
        this.rule = rule;
    }

    ArchRule below(String root) {
        return rule.apply(root);
    }

    private static ArchRule module(String root, String name) {
        return knowsOnly(root, name, "kernel", "contracts", "storage");
    }

    private static ArchRule knowsOnly(String root, String room, String... neighbours) {
        var known = Stream.concat(Stream.of(room), Stream.of(neighbours)).toArray(String[]::new);
        return noClasses()
                .that(resideInAPackage(root + "." + room + ".."))
                .should()
                .dependOnClassesThat(resideInAPackage(root + "..").and(not(resideInAnyPackage(packages(root, known)))));
    }

    private static String[] packages(String root, String... rooms) {
        return Stream.of(rooms).map(room -> root + "." + room + "..").toArray(String[]::new);
    }

    /** The class and what is nested in it. */
    private static String exactly(String name) {
        return name.replace(".", "\\.") + "(\\$.*)?";
    }
}
