/** Options that several shipped processes share, and what they mean to the desk. Pure data. */

/** The three levels in which urgency, impact and priority are asked. */
export const levelOptions: string[] = ['High', 'Medium', 'Low'];

/** From a level's option to the desk's value, for SET_URGENCY, SET_IMPACT and SET_PRIORITY. */
export const levelMap: Record<string, 'LOW' | 'MEDIUM' | 'HIGH'> = {
  High: 'HIGH',
  Medium: 'MEDIUM',
  Low: 'LOW',
};

/** Every category the desk knows, by name, for SET_CATEGORY. */
export const categoryOptions: string[] = [
  'Billing',
  'Technical',
  'General inquiry',
  'Account',
  'Product',
  'Service',
  'Refund request',
  'Technical issue',
  'Cancellation request',
  'Product inquiry',
  'Billing inquiry',
];
