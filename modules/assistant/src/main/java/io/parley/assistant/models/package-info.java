/** Language models: what they are asked and what they answer. */
@NullMarked
package io.parley.assistant.models;

import org.jspecify.annotations.NullMarked;
