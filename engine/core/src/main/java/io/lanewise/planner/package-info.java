/** Turns a graph into a plan: passes in a list that reads top to bottom, each with a name, each verified. */
package io.lanewise.planner;
