package io.parley.config.walls;

import com.tngtech.archunit.lang.ArchRule;

/** A rule of the architecture, below any root package: the real one, or one in which every rule is broken on purpose. */
interface Rule {
    String name();

    ArchRule below(String root);
}
