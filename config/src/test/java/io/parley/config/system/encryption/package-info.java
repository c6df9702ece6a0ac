/** What users have encrypted: its use, what is stored of it, and its way out and in. */
@NullMarked
package io.parley.config.system.encryption;

import org.jspecify.annotations.NullMarked;
