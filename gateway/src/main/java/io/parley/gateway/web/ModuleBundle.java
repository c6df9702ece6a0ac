package io.parley.gateway.web;

import java.net.URI;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * Modules that are always loaded together, as one file: a page that needs fifty of them otherwise makes as many requests, one behind the other.
 * Within the file, each module is a function that returns what it exports; other modules take it from there.
 *
 * <p>It reads the forms of {@code import} and {@code export} that the app has, and fails if there is another one.
 */
final class ModuleBundle {
    private static final Pattern IMPORT = Pattern.compile("(?m)^import \\{([^}]*)} from '([^']+)';$");
    private static final Pattern LATER = Pattern.compile("\\bimport\\('([^']+)'\\)");
    private static final Pattern EXPORT = Pattern.compile("(?m)^export ((?:async )?function|class|const) (\\w+)");
    private static final Pattern OTHER = Pattern.compile("(?m)^(?:import|export)\\b.*$");

    private final Map<String, String> modules;
    private final String name;
    /** The name of each module within the file, in the order of their evaluation. */
    private final Map<String, String> members = new LinkedHashMap<>();

    private ModuleBundle(Map<String, String> modules, String name) {
        this.modules = modules;
        this.name = name;
    }

    /**
     * The modules with those in one file that only the module {@code entry} needs.
     *
     * @param modules their sources by their paths
     * @param root where the app begins; what it needs before {@code entry} stays as it is
     * @param entry which the root or one of its modules imports later
     * @param name the path of the file
     */
    static Map<String, String> join(Map<String, String> modules, String root, String entry, String name) {
        var bundle = new ModuleBundle(modules, name);
        var before = new LinkedHashSet<String>();
        bundle.walk(root, entry, before);
        bundle.add(entry, before, new LinkedHashSet<>());
        return bundle.joined();
    }

    private void walk(String module, String entry, Set<String> found) {
        if (module.equals(entry) || !modules.containsKey(module) || !found.add(module)) return;
        for (var pattern : List.of(IMPORT, LATER))
            for (var target : targets(pattern, module)) walk(target, entry, found);
    }

    private void add(String module, Set<String> before, Set<String> within) {
        if (before.contains(module) || !modules.containsKey(module) || members.containsKey(module)) return;
        if (!within.add(module)) throw new IllegalStateException("Modules import each other: " + within);
        for (var target : targets(IMPORT, module)) add(target, before, within);
        within.remove(module);
        members.put(module, "m" + members.size());
    }

    private List<String> targets(Pattern pattern, String module) {
        int path = pattern == IMPORT ? 2 : 1;
        return pattern.matcher(source(module))
                .results()
                .map(found -> resolve(module, found.group(path)))
                .toList();
    }

    private Map<String, String> joined() {
        var all = new TreeMap<String, String>();
        for (var module : modules.keySet()) if (!members.containsKey(module)) all.put(module, outside(module));
        all.put(name, bundle());
        return all;
    }

    private String outside(String module) {
        var imported = IMPORT.matcher(source(module)).replaceAll(found -> {
            var member = members.get(resolve(module, found.group(2)));
            return member == null
                    ? quoted(found.group())
                    : "import { %s } from '%s'; const { %s } = %s;"
                            .formatted(member, relative(module, name), bindings(found), member);
        });
        return LATER.matcher(imported).replaceAll(found -> quoted(later(module, module, found)));
    }

    private String bundle() {
        var outside = new LinkedHashMap<String, String>();
        var functions = new StringBuilder();
        members.forEach((module, member) -> functions.append(function(module, member, outside)));
        var imports = new StringBuilder();
        outside.forEach(
                (module, as) -> imports.append("import * as %s from '%s';\n".formatted(as, relative(name, module))));
        return imports.append(functions).toString();
    }

    private String function(String module, String member, Map<String, String> outside) {
        var imported = IMPORT.matcher(source(module)).replaceAll(found -> {
            var target = resolve(module, found.group(2));
            var from = members.containsKey(target)
                    ? members.get(target)
                    : outside.computeIfAbsent(target, key -> "x" + outside.size());
            return "const { %s } = %s;".formatted(bindings(found), from);
        });
        var exported =
                EXPORT.matcher(imported).results().map(found -> found.group(2)).toList();
        var body = EXPORT.matcher(imported).replaceAll("$1 $2");
        var other = OTHER.matcher(body);
        if (other.find()) throw new IllegalStateException("%s has \"%s\"".formatted(module, other.group()));
        return "export const %s = (() => {\n%s\nreturn {%s};\n})();\n"
                .formatted(
                        member,
                        LATER.matcher(body).replaceAll(found -> quoted(later(module, name, found))),
                        String.join(", ", exported));
    }

    private String later(String from, String holder, MatchResult found) {
        var target = resolve(from, found.group(1));
        var member = members.get(target);
        return member == null
                ? "import('%s')".formatted(relative(holder, target))
                : "import('%s').then((all) => all.%s)".formatted(relative(holder, name), member);
    }

    private static String bindings(MatchResult found) {
        return found.group(1).trim().replaceAll("(\\w+) as (\\w+)", "$1: $2");
    }

    private static String quoted(String text) {
        return text.replace("\\", "\\\\").replace("$", "\\$");
    }

    private String source(String module) {
        var source = modules.get(module);
        if (source == null) throw new IllegalArgumentException(module);
        return source;
    }

    // Of a path in an import, as browsers do.
    private static String resolve(String module, String target) {
        return URI.create("/" + module).resolve(target).getPath().substring(1);
    }

    private static String relative(String module, String target) {
        int folders = (int) module.chars().filter(each -> each == '/').count();
        return (folders == 0 ? "./" : "../".repeat(folders)) + target;
    }
}
