/** Chat completions that are passed through to a provider. */
@NullMarked
package io.parley.assistant.completions;

import org.jspecify.annotations.NullMarked;
