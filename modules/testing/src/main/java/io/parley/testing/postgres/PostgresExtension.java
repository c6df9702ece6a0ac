package io.parley.testing.postgres;

import io.parley.postgres.DatabaseUrl;
import io.parley.storage.Database;
import io.parley.testing.BulkRows;
import io.parley.testing.Fixtures;
import io.parley.testing.SharedVertx;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Gives a test class a {@link Database} of its own with the tables of all modules and the {@link Fixtures}, and injects its
 * {@link DatabaseUrl} and {@link BulkRows} if the test asks for them. The server comes from Docker if an engine answers,
 * else from the embedded binaries; the embedded server is shared by all modules of a build.
 */
public final class PostgresExtension implements BeforeAllCallback, ParameterResolver {
    private static final Namespace NAMESPACE = Namespace.create(PostgresExtension.class);

    @Override
    public void beforeAll(ExtensionContext context) {
        database(context);
    }

    private static TestDatabase database(ExtensionContext context) {
        var vertx = SharedVertx.of(context);
        return context.getStore(NAMESPACE)
                .computeIfAbsent(
                        TestDatabase.class,
                        key -> TestDatabase.open(vertx, template(context).copy()),
                        TestDatabase.class);
    }

    private static TemplateDatabase template(ExtensionContext context) {
        return context.getRoot()
                .getStore(NAMESPACE)
                .computeIfAbsent(TemplateDatabase.class, key -> TemplateDatabase.make(), TemplateDatabase.class);
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        var type = parameter.getParameter().getType();
        return type == Database.class || type == DatabaseUrl.class || type == BulkRows.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        var database = database(context);
        var type = parameter.getParameter().getType();
        if (type == BulkRows.class) return new BulkRows(database.url());
        return type == Database.class ? database.database() : database.url();
    }
}
