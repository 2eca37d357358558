/**
 * What is kept on the disk of the controller beside the builds, by small files: the applications that are open, those
 * that have ended, and the driver pods and uploads that are still to be removed; and their removal. Uses
 * {@code connection}, {@code threads}, {@code queue}, {@code record}, {@code agent}, {@code cluster} and {@code stored}.
 */
package io.jenkins.plugins.sparkk8s.jenkins.inventory;
