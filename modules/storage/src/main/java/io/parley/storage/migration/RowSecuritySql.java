package io.parley.storage.migration;

import io.parley.postgres.DatabaseRole;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/** The statements of {@link RowSecurity}. Queries of the catalog return statements that change it. */
final class RowSecuritySql {
    private static final String APP = DatabaseRole.APP.text();
    private static final String SYSTEM = DatabaseRole.SYSTEM.text();

    /**
     * The chain of security events runs through all users: its functions, which have the owner's rights, must see all of it. Nobody else
     * may write to it.
     */
    private static final String CHAIN = "security_events";

    // No subquery: Citus takes none in a policy.
    private static final String OWN =
            "user_id = nullif(current_setting(''" + DatabaseRole.USER_SETTING + "'', true), '''')::uuid";

    // The constraint sets the user when a value is bound. PostgreSQL checks it for null as well, which sets no user.
    private static final String DOMAIN = "CREATE DOMAIN " + DatabaseRole.USER_DOMAIN + " AS uuid CHECK (set_config(''"
            + DatabaseRole.USER_SETTING + "'', VALUE::text, true) IS NOT NULL)";

    private static final String HAS_DOMAIN = "EXISTS (SELECT FROM pg_type WHERE typname = '" + DatabaseRole.USER_DOMAIN
            + "' AND typnamespace = current_schema()::regnamespace)";

    private static final String RELATIONS = """
        relations AS (
            SELECT c.oid, c.relname, c.relkind, c.relrowsecurity, c.relforcerowsecurity, c.reloptions,
                   c.relkind <> 'v' AND EXISTS (
                       SELECT FROM pg_attribute a
                        WHERE a.attrelid = c.oid AND a.attname = 'user_id' AND NOT a.attisdropped) AS has_user
              FROM pg_class c
             WHERE c.relkind IN ('r', 'p', 'v') AND c.relnamespace = current_schema()::regnamespace AND NOT c.relispartition
               AND c.relname <> 'flyway_schema_history'
               AND NOT EXISTS (SELECT FROM pg_depend d
                                WHERE d.classid = 'pg_class'::regclass AND d.objid = c.oid AND d.deptype = 'e'))
        """;

    /** The tables with users' rows. */
    static final String TABLES =
            "WITH " + RELATIONS + "SELECT oid::regclass::text FROM relations WHERE has_user ORDER BY relname";

    /** Those of which the owner, who is the current user, does not see all rows. */
    static final String FORCED_ON_OWNER = "WITH " + RELATIONS + """
        SELECT oid::regclass::text FROM relations
         WHERE relforcerowsecurity
           AND NOT (SELECT rolsuper OR rolbypassrls FROM pg_roles WHERE rolname = current_user)
         ORDER BY relname
        """;

    static final String RESTRICTED = "WITH " + RELATIONS
            + "SELECT oid::regclass::text FROM relations WHERE has_user AND row_security_active(oid) LIMIT 1";

    static final String DISABLE = "WITH " + RELATIONS + """
        SELECT format('ALTER TABLE %s NO FORCE ROW LEVEL SECURITY, DISABLE ROW LEVEL SECURITY', oid::regclass)
          FROM relations
         WHERE relrowsecurity
         ORDER BY relname
        """;

    static final String REMOVE =
            DISABLE.replace(" ORDER BY relname\n", "") + """
        UNION ALL
        SELECT format('DROP POLICY %I ON %s', p.polname, r.oid::regclass)
          FROM relations r JOIN pg_policy p ON p.polrelid = r.oid
         WHERE p.polname IN ('own_rows', 'all_rows')
        UNION ALL
        SELECT 'DROP DOMAIN\s""" + DatabaseRole.USER_DOMAIN + "' WHERE " + HAS_DOMAIN;

    /** Everything but the roles. Who owns a view must not matter for what is seen through it. */
    static final String MISSING = "WITH " + RELATIONS + ", wanted (relation, privilege, columns) AS (VALUES "
            + SystemGrants.VALUES + "), "
            + """
        granted AS (
            SELECT r.oid, r.relname, r.has_user, a.attname, w.privilege
              FROM wanted w
              JOIN relations r ON r.relname = w.relation
              JOIN pg_attribute a ON a.attrelid = r.oid AND a.attnum > 0 AND NOT a.attisdropped
               AND a.attname = ANY(string_to_array(w.columns, ', ')))
        SELECT format('GRANT USAGE ON SCHEMA %1$I TO ${app}, ${system}', current_schema())
         WHERE NOT has_schema_privilege('${app}', current_schema(), 'USAGE')
            OR NOT has_schema_privilege('${system}', current_schema(), 'USAGE')
        UNION ALL
        SELECT '${domain}' WHERE NOT ${has_domain}
        UNION ALL
        SELECT format('ALTER VIEW %s SET (security_invoker = true)', oid::regclass) FROM relations
         WHERE relkind = 'v' AND NOT coalesce('security_invoker=true' = ANY(reloptions), false)
        UNION ALL
        SELECT format('CREATE POLICY own_rows ON %s %sTO ${app} USING (${own})%s', oid::regclass,
                      CASE WHEN relname = '${chain}' THEN 'FOR SELECT ' END,
                      CASE WHEN relname <> '${chain}' THEN ' WITH CHECK (${own})' END)
          FROM relations r
         WHERE has_user AND NOT EXISTS (SELECT FROM pg_policy p WHERE p.polrelid = r.oid AND p.polname = 'own_rows')
        UNION ALL
        SELECT format('CREATE POLICY all_rows ON %s TO ${system} USING (true) WITH CHECK (true)', oid::regclass)
          FROM relations r
         WHERE has_user AND EXISTS (SELECT FROM wanted w WHERE w.relation = r.relname)
           AND NOT EXISTS (SELECT FROM pg_policy p WHERE p.polrelid = r.oid AND p.polname = 'all_rows')
        UNION ALL
        SELECT format('GRANT %s ON %s TO ${app}', privilege, oid::regclass)
          FROM relations CROSS JOIN unnest(ARRAY['SELECT', 'INSERT', 'UPDATE', 'DELETE']) AS privilege
         WHERE NOT has_table_privilege('${app}', oid, privilege) AND (privilege = 'SELECT' OR relname <> '${chain}')
           AND (privilege = 'SELECT' OR relkind <> 'v')
        UNION ALL
        SELECT format('GRANT %s (%s) ON %s TO ${system}', privilege, string_agg(quote_ident(attname), ', '), oid::regclass)
          FROM granted
         WHERE NOT has_column_privilege('${system}', oid, attname, privilege)
         GROUP BY oid, privilege
        UNION ALL
        SELECT format('REVOKE SELECT (%s) ON %s FROM ${system}', string_agg(quote_ident(a.attname), ', '), r.oid::regclass)
          FROM relations r JOIN pg_attribute a ON a.attrelid = r.oid AND a.attnum > 0 AND NOT a.attisdropped
         WHERE a.attacl::text LIKE '%${system}=%'
           AND has_column_privilege('${system}', r.oid, a.attname, 'SELECT')
           AND NOT EXISTS (SELECT FROM granted g
                            WHERE g.oid = r.oid AND g.attname = a.attname AND g.privilege = 'SELECT')
         GROUP BY r.oid
        UNION ALL
        SELECT format('GRANT DELETE ON %s TO ${system}', oid::regclass) FROM relations
         WHERE relname = 'users' AND NOT has_table_privilege('${system}', oid, 'DELETE')
        UNION ALL
        SELECT format('GRANT EXECUTE ON FUNCTION %s TO ${system}', p.oid::regprocedure) FROM pg_proc p
         WHERE p.pronamespace = current_schema()::regnamespace AND p.proname = 'prune_security_events'
           AND NOT has_function_privilege('${system}', p.oid, 'EXECUTE')
        UNION ALL
        SELECT 'ALTER FUNCTION pg_catalog.ts_match_vq(tsvector, tsquery) LEAKPROOF' FROM pg_proc
         WHERE oid = 'pg_catalog.ts_match_vq(tsvector, tsquery)'::regprocedure AND NOT proleakproof
           AND (SELECT rolsuper FROM pg_roles WHERE rolname = current_user)
        UNION ALL
        SELECT format('ALTER TABLE %s ENABLE ROW LEVEL SECURITY', oid::regclass) FROM relations
         WHERE has_user AND NOT relrowsecurity
        UNION ALL
        SELECT format('ALTER TABLE %s FORCE ROW LEVEL SECURITY', oid::regclass) FROM relations
         WHERE has_user AND NOT relforcerowsecurity AND relname <> '${chain}'
        """.replace("${app}", APP)
                    .replace("${system}", SYSTEM)
                    .replace("${chain}", CHAIN)
                    .replace("${domain}", DOMAIN)
                    .replace("${has_domain}", HAS_DOMAIN)
                    .replace("${own}", OWN);

    static String exists(DatabaseRole role) {
        return "SELECT rolname FROM pg_roles WHERE rolname = '" + role.text() + "'";
    }

    static String create(DatabaseRole role) {
        return "CREATE ROLE " + role.text() + " NOLOGIN NOSUPERUSER NOBYPASSRLS";
    }

    /** Statements for the roles that this login may not take. */
    static String missingMemberships(String login) {
        return Arrays.stream(DatabaseRole.values())
                .map(role -> "SELECT '%s' WHERE NOT pg_has_role('%s', '%s', 'SET')"
                        .formatted(quoted(grant(role, login)), quoted(login), role.text()))
                .collect(Collectors.joining(" UNION ALL "));
    }

    // Not inherited: otherwise the policies would apply to the login itself.
    private static String grant(DatabaseRole role, String login) {
        return "GRANT " + role.text() + " TO \"" + login.replace("\"", "\"\"") + "\" WITH INHERIT FALSE, SET TRUE";
    }

    private static String quoted(String text) {
        return text.replace("'", "''");
    }

    static List<String> roles(String login) {
        return List.of(
                create(DatabaseRole.APP),
                create(DatabaseRole.SYSTEM),
                grant(DatabaseRole.APP, login),
                grant(DatabaseRole.SYSTEM, login),
                // Otherwise a search examines all rows of the user instead of the index of words.
                "ALTER FUNCTION pg_catalog.ts_match_vq(tsvector, tsquery) LEAKPROOF");
    }

    private RowSecuritySql() {}
}
