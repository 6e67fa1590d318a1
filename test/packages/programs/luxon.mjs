/** Luxon calculates with dates, zones, intervals and durations. */

import { DateTime, Duration, Interval } from 'luxon';

export function run() {
  const start = DateTime.fromISO('2024-01-31T23:30:00', { zone: 'Europe/Berlin' });
  const dates = Array.from({ length: 30 }, (_, n) => start.plus({ months: n, hours: n }));
  const end = DateTime.fromSQL('2024-12-24 18:00:00', { zone: 'America/New_York' });
  const interval = Interval.fromDateTimes(start, end);
  return [
    dates.map((each) => each.toISO()),
    dates.map((each) =>
      each
        .setZone('Asia/Shanghai')
        .setLocale('fr')
        .toFormat("cccc d LLLL yyyy, HH:mm:ss 'Z'ZZ o W"),
    ),
    dates.map((each) => each.diff(start, ['months', 'days', 'hours']).toObject()),
    interval.splitBy({ weeks: 5 }).map((each) => each.toISO()),
    interval.toDuration(['months', 'days']).toObject(),
    Duration.fromISO('P1Y2M3DT4H5M6.7S').shiftTo('days', 'minutes').toObject(),
    Duration.fromObject({ hours: 30, minutes: -5 }).normalize().toISO(),
    DateTime.fromFormat('29 févr. 2024', 'd LLL yyyy', { locale: 'fr', zone: 'utc' }).toISO(),
    DateTime.fromISO('nonsense').invalidExplanation,
    DateTime.fromHTTP('Sun, 06 Nov 1994 08:49:37 GMT').toUTC().toISO(),
  ];
}
