/** What will be done: an immutable list of passes, each of a few steps, over named slots of one workspace. */
package io.lanewise.plan;
