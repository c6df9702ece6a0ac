package io.parley.gateway.web;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Changes libraries so that browsers load them as modules of the app, in as few requests as possible. */
final class ScriptModules {
    private static final Pattern OPTIONS = Pattern.compile("\\b(\\w+) as options\\b");
    private static final Pattern IMPORT = Pattern.compile("^import\\{options as (\\w+)}from\"preact\";");
    private static final Pattern EXPORT = Pattern.compile("export\\{([^}]*)};?\\s*$");

    /** Of a script that sets {@code module.exports} if there is a module. */
    static String ofScript(String script) {
        return "const exports = {};\nconst module = {exports};\n" + script + "\nexport default module.exports;\n";
    }

    /** One module of Preact, its hooks and the templates that make its elements. */
    static String preact(String preact, String hooks, String htm) {
        var imported = found(IMPORT, hooks);
        var exported = found(EXPORT, hooks);
        var body = hooks.substring(imported.end(), exported.start());
        var values = exported.group(1).replaceAll("(\\w+) as (\\w+)", "$2: $1");
        var names = exported.group(1).replaceAll("\\w+ as (\\w+)", "$1");
        return """
            %s
            export const {%s} = ((%s) => {%s; return {%s};})(%s);
            export const htm = (() => {%s})();
            """.formatted(
                        preact,
                        names,
                        imported.group(1),
                        body,
                        values,
                        found(OPTIONS, preact).group(1),
                        htm.replace("export default ", "return "));
    }

    private static Matcher found(Pattern pattern, String module) {
        var matcher = pattern.matcher(module);
        if (!matcher.find()) throw new IllegalStateException("A library has another form than " + pattern);
        return matcher;
    }

    private ScriptModules() {}
}
