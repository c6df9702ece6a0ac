/** What the tools have in addition for programs that bring a model of their own. */
@NullMarked
package io.parley.assistant.tools.programs;

import org.jspecify.annotations.NullMarked;
