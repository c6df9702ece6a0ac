/** What the audit module answers, and what others record in it. */
@NullMarked
package io.parley.contracts.audit;

import org.jspecify.annotations.NullMarked;
