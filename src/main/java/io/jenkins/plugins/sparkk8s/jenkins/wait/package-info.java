/**
 * The builds that wait for, or stop, an application that another step has submitted: who may ask for which, the copy of
 * its record, and what they log. Uses {@code lifecycle}, {@code logfiles}, {@code watch}, {@code inventory},
 * {@code connection}, {@code failure}, {@code threads}, {@code log}, {@code build}, {@code api} and {@code record}.
 */
package io.jenkins.plugins.sparkk8s.jenkins.wait;
