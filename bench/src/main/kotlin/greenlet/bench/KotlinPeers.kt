@file:JvmName("KotlinPeers")

package greenlet.bench

import kotlinx.coroutines.CompletableDeferred
import kotlinx.coroutines.CoroutineScope
import kotlinx.coroutines.CoroutineStart
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.Job
import kotlinx.coroutines.channels.Channel
import kotlinx.coroutines.launch
import kotlinx.coroutines.runBlocking
import kotlinx.coroutines.yield

/** The numbers from 0, yielded from so many suspending calls below the sequence's block. */
fun numbersBelow(calls: Int): Iterator<Int> = sequence { descend(calls) }.iterator()

private suspend fun SequenceScope<Int>.descend(calls: Int) {
    if (calls > 1) {
        descend(calls - 1)
    } else {
        var next = 0
        while (true) yield(next++)
    }
}

/** The numbers from 0, passed on by so many sequences. */
fun numbersThrough(sequences: Int): Iterator<Int> = chain(sequences).iterator()

private fun chain(sequences: Int): Sequence<Int> = sequence {
    if (sequences > 1) {
        yieldAll(chain(sequences - 1))
    } else {
        var next = 0
        while (true) yield(next++)
    }
}

/** Two coroutines on one thread that yield to each other so often. */
fun yieldToEachOther(times: Int) = runBlocking {
    repeat(2) { launch { repeat(times / 2) { yield() } } }
}

/** One coroutine hands so many elements to another over a channel without a buffer. */
fun handOver(elements: Int): Long = runBlocking {
    val channel = Channel<Int>()
    launch {
        repeat(elements) { channel.send(it) }
        channel.close()
    }
    var sum = 0L
    for (element in channel) sum += element
    sum
}

/** Creates and runs to its end so many coroutines, one after the other. */
fun live(times: Int, work: Runnable) = runBlocking {
    repeat(times) { launch(start = CoroutineStart.UNDISPATCHED) { work.run() } }
}

/** A coroutine that waits for something that never comes. */
fun suspended(): Job = CoroutineScope(Dispatchers.Unconfined).launch { CompletableDeferred<Unit>().await() }
