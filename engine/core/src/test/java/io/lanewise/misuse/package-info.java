/** Random sequences of what a caller may do, right and wrong, each step with the one answer or refusal that it must end in. */
package io.lanewise.misuse;
