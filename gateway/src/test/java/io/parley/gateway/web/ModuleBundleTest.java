package io.parley.gateway.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ModuleBundleTest {
    private static final Map<String, String> MODULES = Map.of(
            "app/main.js", "import { view } from './view.js';\nimport('./shell/Shell.js');",
            "app/view.js", "export const view = '$1';",
            "app/shell/Shell.js",
                    "import { view } from '../view.js';\nimport { a as one } from './a.js';\n"
                            + "export function Shell() {\n  return import('../Tasks.js');\n}",
            "app/shell/a.js", "export const a = 1;\nexport async function b() {}",
            "app/Tasks.js", "import { a } from './shell/a.js';\nexport class Tasks {}");

    @Test
    void joinsWhatOnlyTheEntryNeeds() {
        assertThat(join(MODULES))
                .containsOnlyKeys("app/main.js", "app/view.js", "app/Tasks.js", "app/all.js")
                .containsEntry("app/view.js", "export const view = '$1';")
                .containsEntry("app/all.js", """
                    import * as x0 from '../app/view.js';
                    export const m0 = (() => {
                    const a = 1;
                    async function b() {}
                    return {a, b};
                    })();
                    export const m1 = (() => {
                    const { view } = x0;
                    const { a: one } = m0;
                    function Shell() {
                      return import('../app/Tasks.js');
                    }
                    return {Shell};
                    })();
                    """);
    }

    @Test
    void letsOtherModulesTakeThemFromThere() {
        assertThat(join(MODULES))
                .containsEntry(
                        "app/main.js",
                        "import { view } from './view.js';\nimport('../app/all.js').then((all) => all.m1);")
                .containsEntry(
                        "app/Tasks.js", "import { m0 } from '../app/all.js'; const { a } = m0;\nexport class Tasks {}");
    }

    @Test
    void refusesWhatItCannotRead() {
        assertThatThrownBy(() -> join(with("app/shell/a.js", "export let a = 1;")))
                .hasMessage("app/shell/a.js has \"export let a = 1;\"");
        assertThatThrownBy(() -> join(with("app/shell/a.js", "import { Shell } from './Shell.js';")))
                .hasMessageContaining("import each other");
    }

    private static Map<String, String> with(String module, String source) {
        var modules = new HashMap<>(MODULES);
        modules.put(module, source);
        return modules;
    }

    private static Map<String, String> join(Map<String, String> modules) {
        return ModuleBundle.join(modules, "app/main.js", "app/shell/Shell.js", "app/all.js");
    }
}
